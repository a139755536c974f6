using System.Globalization;
using Fovea.Training.Data;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Runs.Training;

/// <summary>A run from its parts to its last sentence: what is the same for every kind of training.</summary>
/// <param name="observer">Is told what happens.</param>
/// <param name="say">Takes what a person should read, a sentence each.</param>
/// <param name="warn">Takes what a person must read.</param>
internal sealed class TrainingSession(IRunObserver observer, Action<string> say, Action<string> warn)
{
    /// <summary>Tells what the sources hold.</summary>
    public void Announce(IndexedPictures pictures)
    {
        foreach (SourceShare source in pictures.Sources) say(source.ToString());
        foreach (string remark in pictures.Index.Remarks) say(remark);
    }

    /// <summary>A sentence for people.</summary>
    public void Say(FormattableString sentence) => say(sentence.ToString(CultureInfo.InvariantCulture));

    /// <summary>A sentence that even a quiet run says.</summary>
    public void Warn(FormattableString sentence) => warn(sentence.ToString(CultureInfo.InvariantCulture));

    /// <summary>Trains until the run is complete, ended early, or made <paramref name="lastStep"/>.</summary>
    /// <param name="run">What is trained, and where.</param>
    /// <param name="lastStep">The step to stop after; null: the run's last.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="RunException">The folder, the disk or the loss is at fault.</exception>
    /// <exception cref="TrainingDataException">Too many pictures are broken.</exception>
    public void Run(SessionParts run, long? lastStep, CancellationToken cancellation)
    {
        RunWatcher watcher = new(observer, warn, run.Recipe, run.Folder, run.Broken, TimeProvider.System, run.CompleteReport);
        TrainingRun training = new(run.Task, run.Loop, run.Folder, run.Recipe.Run, run.Probe, watcher, TimeProvider.System, run.Selection);
        training.Run(lastStep, cancellation);
        if (run.Broken.Count > 0) Say($"{run.Broken.Count:N0} pictures could not be used and were replaced by others.");
        foreach (SkippedImage broken in run.Broken.List) warn($"skipped {broken.Reason.Message}");
        if (run.Loop.IsComplete) Say($"done after {run.Loop.Counters.Step:N0} steps and {run.Loop.Counters.Pictures:N0} pictures -> {run.Folder.ModelFile}");
        else if (training.EndedEarly) Say($"ended after step {run.Loop.Counters.Step:N0} of {run.Loop.Length.Steps:N0}: no better model in {run.Selection!.Patience} looks -> {run.Folder.ModelFile}");
        else Say($"stopped after step {run.Loop.Counters.Step:N0} of {run.Loop.Length.Steps:N0}; --resume goes on.");
        if (run.Selection is { } selection && selection.Best(new MetricsHistory(MetricsLog.Read(run.Folder.Path))) is { } best)
        {
            Say($"the model is that of step {best.Step:N0}: {selection.Metric.Title} {MetricNumber.Of(selection.Metric, best.Value)}.");
        }
    }
}

/// <summary>Everything of a run that differs from one kind of training to another.</summary>
internal sealed record SessionParts
{
    /// <summary>The resolved recipe.</summary>
    public required ITrainingRecipe Recipe { get; init; }

    /// <summary>Networks and loss.</summary>
    public required ITrainingTask Task { get; init; }

    /// <summary>The steps.</summary>
    public required ITrainingLoop Loop { get; init; }

    /// <summary>What could not be used.</summary>
    public required BrokenPictures Broken { get; init; }

    /// <summary>Where the run is written.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Looks at the model; null: nobody does.</summary>
    public IModelProbe? Probe { get; init; }

    /// <summary>Which model serves; null: the last one.</summary>
    public ModelSelection? Selection { get; init; }

    /// <summary>Adds to the report what this kind of training shows.</summary>
    public Func<RunReportData, RunReportData> CompleteReport { get; init; } = data => data;
}
