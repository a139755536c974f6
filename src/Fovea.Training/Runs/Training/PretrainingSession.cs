using System.Globalization;
using Fovea.Training.Data;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Probes;
using Fovea.Training.Runs.Recipes;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Training;

/// <summary>I-JEPA from a recipe and its sources to a run folder.</summary>
internal sealed class PretrainingSession
{
    private readonly PretrainingRecipe _recipe;
    private readonly IRunObserver _observer;
    private readonly Action<string> _say;
    private readonly Action<string> _warn;

    /// <param name="recipe">The resolved recipe, its sources included.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="say">Takes what a person should read, a sentence each.</param>
    /// <param name="warn">Takes what a person must read.</param>
    public PretrainingSession(PretrainingRecipe recipe, IRunObserver observer, Action<string> say, Action<string> warn)
    {
        _warn = warn;
        _recipe = recipe;
        _observer = observer;
        _say = say;
    }

    /// <summary>Trains, or goes on.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="isResumed">Whether it holds a run.</param>
    /// <param name="lastStep">The step to stop after; null: the run's last.</param>
    /// <param name="device">Where to compute; null: the processor.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="RunException">The folder, the recipe, the disk or the loss is at fault.</exception>
    /// <exception cref="TrainingDataException">There are too few pictures, or too many broken ones.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other.</exception>
    public void Run(string folder, bool isResumed, long? lastStep, Device? device, CancellationToken cancellation)
    {
        IReadOnlyList<DataSource> sources = DataSource.Parse(_recipe.Data.Sources, SourceUse.Training);
        using IndexedPictures pictures = IndexedPictures.Open(sources, new IndexOptions(), cancellation);
        foreach (SourceShare source in pictures.Sources) _say(source.ToString());
        foreach (string remark in pictures.Index.Remarks) _say(remark);
        int kept = pictures.Count - _recipe.Data.HeldOut;
        if (_recipe.Data.HeldOut < 0 || kept <= 0) throw RunThrow.AllHeldOut(_recipe.Data.HeldOut, pictures.Count);
        using FirstPictures trainedOn = new(pictures, kept);
        ModelOrigin origin = new(Run: Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), Data: string.Join(", ", sources));
        using PretrainingSetup setup = PretrainingSetup.Create(_recipe, trainedOn, origin, device);
        using RunFolder run = isResumed ? RunFolder.Resume(folder) : RunFolder.Begin(folder, _recipe);
        if (_recipe.Run.StartFrom is { } start && new RunCheckpoints(folder, _recipe.Run.KeepLast).Latest() is null) setup.StartFrom(start);
        EncoderProbe probe = new(setup.Task.Model, pictures, kept, _recipe);
        RunWatcher watcher = new(_observer, _warn, _recipe, run, probe, setup.Task, setup.Loader.Broken, TimeProvider.System);
        new TrainingRun(setup.Task, setup.Loop, run, _recipe.Run, probe, watcher, TimeProvider.System).Run(lastStep, cancellation);
        if (setup.Loader.Broken.Count > 0) _say(string.Create(CultureInfo.InvariantCulture, $"{setup.Loader.Broken.Count:N0} pictures could not be used and were replaced by others."));
        foreach (SkippedImage broken in setup.Loader.Broken.List) _warn($"skipped {broken.Reason.Message}");
        _say(setup.Loop.IsComplete
            ? string.Create(CultureInfo.InvariantCulture, $"done after {setup.Loop.Counters.Step:N0} steps and {setup.Loop.Counters.Pictures:N0} pictures -> {run.ModelFile}")
            : string.Create(CultureInfo.InvariantCulture, $"stopped after step {setup.Loop.Counters.Step:N0} of {setup.Loop.Length.Steps:N0}; --resume goes on."));
    }
}
