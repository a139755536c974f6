using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Runs.Training;

/// <summary>Watches a run for its user: warns in plain words when something goes wrong, and keeps `report.html` up to date. Passes everything on.</summary>
internal sealed class RunWatcher : IRunObserver
{
    private readonly IRunObserver _next;
    private readonly Action<string> _warn;
    private readonly ITrainingRecipe _recipe;
    private readonly RunFolder _folder;
    private readonly BrokenPictures _broken;
    private readonly TimeProvider _time;
    private readonly Func<RunReportData, RunReportData> _complete;
    private HealthMonitor _monitor = new(1, 0);
    private RunLength? _length;

    /// <param name="next">Is told everything as well.</param>
    /// <param name="warn">Takes a warning, a sentence each.</param>
    /// <param name="recipe">What is trained.</param>
    /// <param name="folder">Where the report goes.</param>
    /// <param name="broken">What could not be used.</param>
    /// <param name="time">The clock of the report.</param>
    /// <param name="complete">Adds to the report what this kind of training shows.</param>
    public RunWatcher(IRunObserver next, Action<string> warn, ITrainingRecipe recipe, RunFolder folder, BrokenPictures broken, TimeProvider time, Func<RunReportData, RunReportData> complete)
    {
        _next = next;
        _warn = warn;
        _recipe = recipe;
        _folder = folder;
        _broken = broken;
        _time = time;
        _complete = complete;
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
        RunReport.Write(_folder.ReportFile, _complete(new RunReportData
        {
            Name = _folder.Name,
            Step = counters.Step,
            Steps = _length!.Steps,
            PicturesSeen = counters.Pictures,
            Duration = TrainingTime.Of(history, _length.PicturesPerStep),
            Written = _time.GetLocalNow(),
            Recipe = ReportField.OfJson(RecipeJson.Write(_recipe)),
            Machine = MachineFacts.Read(),
            History = history,
            Warnings = _monitor.Warnings,
            Skipped = _broken.List,
            SkippedCount = _broken.Count,
        }));
        _next.Saved(counters, history);
    }
}
