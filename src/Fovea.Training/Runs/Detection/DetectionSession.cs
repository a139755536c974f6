using Fovea.Training.Data;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Detection;

/// <summary>A detector from a recipe, an encoder and pictures with boxes to a run folder.</summary>
/// <param name="recipe">The recipe, its sources included.</param>
/// <param name="session">What is the same for every kind of training.</param>
internal sealed class DetectionSession(DetectionRecipe recipe, TrainingSession session)
{
    /// <summary>Trains, or goes on.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="isResumed">Whether it holds a run.</param>
    /// <param name="lastStep">The step to stop after; null: the run's last.</param>
    /// <param name="device">Where to compute; null: the processor.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="RunException">The folder, the recipe, the disk or the loss is at fault.</exception>
    /// <exception cref="Annotations.AnnotationException">Annotations are absent, damaged, or of other pictures or classes.</exception>
    /// <exception cref="TrainingDataException">There are too few pictures, or too many broken ones.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    /// <exception cref="CheckpointException">The model is refused.</exception>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other.</exception>
    public void Run(string folder, bool isResumed, long? lastStep, Device? device, CancellationToken cancellation)
    {
        using DetectionData data = DetectionData.Open(recipe, session, cancellation);
        bool hasCheckpoint = isResumed && new RunCheckpoints(folder, recipe.Run.KeepLast).Latest() is not null;
        using DetectorStart start = DetectorStart.Of(recipe, data.Training.Categories, hasCheckpoint ? folder : null);
        ModelOrigin origin = new(Run: RunFolder.NameOf(folder), Data: data.Name);
        using DetectionSetup setup = DetectionSetup.Create(recipe, start, data.Training, origin, device);
        ModelSelection selection = new(DetectionMetrics.Ap50, recipe.Run.Patience);
        using RunFolder run = isResumed ? RunFolder.Resume(folder) : RunFolder.Begin(folder, recipe);
        DetectorProbe? probe = data.Validation is { } validation ? new DetectorProbe(setup.Task.Model, validation, setup.Input, run, message => session.Warn($"{message}")) : null;
        session.Run(
            new SessionParts
            {
                Recipe = recipe,
                Task = setup.Task,
                Loop = setup.Loop,
                Broken = setup.Loader.Broken,
                Folder = run,
                Probe = probe,
                Selection = probe is null ? null : selection,
                CompleteReport = report => report with { Headlines = [DetectionMetrics.Ap, DetectionMetrics.Ap50, DetectionMetrics.Ap75, KnownMetrics.Loss] },
            },
            lastStep, cancellation);
        foreach (DetectionSet set in (DetectionSet[])[data.Training, .. data.Validation is null ? (DetectionSet[])[] : [data.Validation]])
        {
            if (set.OtherSizes is { Count: > 0 } names) session.Warn($"{names.Count:N0} pictures have another size than their annotations say ({Annotations.AnnotationThrow.List(names)}); their boxes were taken as they are.");
        }
    }
}
