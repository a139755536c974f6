using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Probes;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Runs.Training;

/// <summary>Watches a pre-training run for its user: warns in plain words when the representation collapses, and keeps `report.html` up to date. Passes everything on.</summary>
internal sealed class RunWatcher : IRunObserver
{
    private readonly IRunObserver _next;
    private readonly Action<string> _warn;
    private readonly PretrainingRecipe _recipe;
    private readonly RunFolder _folder;
    private readonly EncoderProbe _probe;
    private readonly JepaTask _task;
    private readonly BrokenPictures _broken;
    private readonly TimeProvider _time;
    private HealthMonitor _monitor = new(1, 0);
    private RunLength? _length;

    /// <param name="next">Is told everything as well.</param>
    /// <param name="warn">Takes a warning, a sentence each.</param>
    /// <param name="recipe">What is trained.</param>
    /// <param name="folder">Where the report goes.</param>
    /// <param name="probe">Knows pictures and their features.</param>
    /// <param name="task">Knows the masks.</param>
    /// <param name="broken">What could not be used.</param>
    /// <param name="time">The clock of the report.</param>
    public RunWatcher(IRunObserver next, Action<string> warn, PretrainingRecipe recipe, RunFolder folder, EncoderProbe probe, JepaTask task, BrokenPictures broken, TimeProvider time)
    {
        _next = next;
        _warn = warn;
        _recipe = recipe;
        _folder = folder;
        _probe = probe;
        _task = task;
        _broken = broken;
        _time = time;
    }

    public void Begins(RunCounters counters, RunLength length, MetricsHistory history)
    {
        _length = length;
        LearningRateSettings rate = _recipe.Optimizer.LearningRate;
        _monitor = new HealthMonitor(length.Steps, rate.WarmUpSteps ?? (long)(rate.WarmUpEpochs * length.StepsPerEpoch));
        foreach (MetricsLine line in MetricsLog.Read(_folder.Path)) _monitor.Observe(line);
        _next.Begins(counters, length, history);
    }

    public void Stepped(StepReport report, Throughput throughput) => _next.Stepped(report, throughput);

    public void Logged(MetricsLine line)
    {
        _next.Logged(line);
        foreach (HealthWarning warning in _monitor.Observe(line)) _warn(warning.ToString());
    }

    public void Saved(RunCounters counters, MetricsHistory history)
    {
        RunReport.Write(_folder.ReportFile, new RunReportData
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder.Path))),
            Step = counters.Step,
            Steps = _length!.Steps,
            PicturesSeen = counters.Pictures,
            Duration = Duration(history),
            Written = _time.GetLocalNow(),
            Recipe = ReportField.OfJson(RecipeJson.Write(_recipe)),
            Machine = MachineFacts.Read(),
            History = history,
            Warnings = _monitor.Warnings,
            Masks = [.. _probe.Inputs(RunReport.MostMasks).Select((picture, number) => _task.Masked(picture, counters.Step, number, RunReport.MostMasks))],
            Neighbours = _probe.Neighbours(RunReport.MostQueries, RunReport.MostNeighbours),
            NeighbourPictures = _probe.Looked,
            Skipped = _broken.List,
            SkippedCount = _broken.Count,
        });
        _next.Saved(counters, history);
    }

    // Every line of metrics has the rate since the one before it, so interruptions are left out.
    private TimeSpan Duration(MetricsHistory history)
    {
        double seconds = 0;
        long before = 0;
        foreach (MetricPoint point in history[KnownMetrics.ImagesPerSecond])
        {
            if (point.Value > 0) seconds += (point.Step - before) * _length!.PicturesPerStep / point.Value;
            before = point.Step;
        }
        return TimeSpan.FromSeconds(seconds);
    }
}
