using Fovea.Training.Data;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Classification;

/// <summary>A classifier from a recipe, a model and labelled pictures to a run folder.</summary>
/// <param name="recipe">The recipe, its sources included.</param>
/// <param name="session">What is the same for every kind of training.</param>
internal sealed class FinetuneSession(FinetuneRecipe recipe, TrainingSession session)
{
    /// <summary>Trains, or goes on.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="isResumed">Whether it holds a run.</param>
    /// <param name="lastStep">The step to stop after; null: the run's last.</param>
    /// <param name="device">Where to compute; null: the processor.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="RunException">The folder, the recipe, the model's head, the disk or the loss is at fault.</exception>
    /// <exception cref="TrainingDataException">Labels are missing or do not fit, or there are too few pictures, or too many broken ones.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    /// <exception cref="CheckpointException">The model is refused.</exception>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other.</exception>
    public void Run(string folder, bool isResumed, long? lastStep, Device? device, CancellationToken cancellation)
    {
        using ClassificationData data = ClassificationData.Open(recipe, session, cancellation);
        bool hasCheckpoint = isResumed && new RunCheckpoints(folder, recipe.Run.KeepLast).Latest() is not null;
        using ClassifierStart start = ClassifierStart.Of(recipe, data.Classes, hasCheckpoint ? folder : null);
        if (recipe.Freezing.Layers > start.Network.Config.Depth) session.Warn($"freezing.layers is {recipe.Freezing.Layers} and the network has {start.Network.Config.Depth} blocks: all of them are frozen.");
        ModelOrigin origin = new(Run: RunFolder.NameOf(folder), Data: data.Name);
        using FinetuneSetup setup = FinetuneSetup.Create(recipe, start, data, origin, device);
        ModelSelection selection = new(ClassificationMetrics.Top1, recipe.Run.Patience);
        using RunFolder run = isResumed ? RunFolder.Resume(folder) : RunFolder.Begin(folder, recipe);
        ClassifierProbe? probe = data.Validation is { } validation
            ? new ClassifierProbe(setup.Task.Model, validation, data.Classes, data.Counts, new ImageTransform(start.Encoder.ImageSize, start.Encoder.Channels), run)
            : null;
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
                CompleteReport = report => report with
                {
                    Headlines = [ClassificationMetrics.Top1, ClassificationMetrics.Top5, ClassificationMetrics.CalibrationError, KnownMetrics.Loss],
                    Classifier = selection.Best(report.History) is { } best ? probe?.Page(best.Step) : null,
                },
            },
            lastStep, cancellation);
    }
}
