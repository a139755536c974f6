using Fovea.Training.Data;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Jepa;

/// <summary>I-JEPA from a recipe and its sources to a run folder.</summary>
/// <param name="recipe">The resolved recipe, its sources included.</param>
/// <param name="session">What is the same for every kind of training.</param>
internal sealed class PretrainingSession(PretrainingRecipe recipe, TrainingSession session)
{
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
        IReadOnlyList<DataSource> sources = DataSource.Parse(recipe.Data.Sources, SourceUse.Training);
        using IndexedPictures pictures = IndexedPictures.Open(sources, new IndexOptions(), cancellation);
        session.Announce(pictures);
        int kept = pictures.Count - recipe.Data.HeldOut;
        if (recipe.Data.HeldOut < 0 || kept <= 0) throw RunThrow.AllHeldOut(recipe.Data.HeldOut, pictures.Count);
        using FirstPictures trainedOn = new(pictures, kept);
        ModelOrigin origin = new(Run: RunFolder.NameOf(folder), Data: string.Join(", ", sources));
        using PretrainingSetup setup = PretrainingSetup.Create(recipe, trainedOn, origin, device);
        using RunFolder run = isResumed ? RunFolder.Resume(folder) : RunFolder.Begin(folder, recipe);
        if (recipe.Run.StartFrom is { } start && new RunCheckpoints(folder, recipe.Run.KeepLast).Latest() is null) setup.StartFrom(start);
        EncoderProbe probe = new(setup.Task.Model, pictures, kept, recipe);
        session.Run(
            new SessionParts
            {
                Recipe = recipe,
                Task = setup.Task,
                Loop = setup.Loop,
                Broken = setup.Loader.Broken,
                Folder = run,
                Probe = probe,
                CompleteReport = data => data with
                {
                    Masks = [.. probe.Inputs(RunReport.MostMasks).Select((picture, number) => setup.Task.Masked(picture, data.Step, number, RunReport.MostMasks))],
                    Neighbours = probe.Neighbours(RunReport.MostQueries, RunReport.MostNeighbours),
                    NeighbourPictures = probe.Looked,
                },
            },
            lastStep, cancellation);
    }
}
