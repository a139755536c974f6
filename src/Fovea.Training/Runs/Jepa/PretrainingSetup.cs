using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Jepa;

/// <summary>Everything that a recipe and pictures make: networks, batches, rates. Nothing is on the disk yet.</summary>
internal sealed class PretrainingSetup : IDisposable
{
    private PretrainingSetup(JepaTask task, TrainingLoop<int> loop, BatchLoader<int> loader)
    {
        Task = task;
        Loop = loop;
        Loader = loader;
    }

    public JepaTask Task { get; }

    public TrainingLoop<int> Loop { get; }

    public BatchLoader<int> Loader { get; }

    /// <summary>Builds the networks and checks every number of the recipe against the others.</summary>
    /// <param name="recipe">The resolved recipe.</param>
    /// <param name="pictures">What is trained on; not disposed.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    /// <exception cref="TrainingDataException">There are fewer pictures than one batch takes.</exception>
    public static PretrainingSetup Create(PretrainingRecipe recipe, IPictureSet pictures, ModelOrigin origin, Device? device = null)
    {
        PretrainingOptimizerRecipe optimizer = recipe.Optimizer;
        BatchLoader<int> loader = new(pictures, new LabelledSamples(pictures, new Augmenter(recipe.Data.Augmentation.ToRecipe(recipe.Encoder))), recipe.Loading());
        RunLength length = optimizer.LengthOf(loader.BatchesPerEpoch);
        TrainingSchedules schedules = new(optimizer.LearningRate, optimizer.WeightDecay, optimizer.Momentum, length);
        JepaTask task = new(recipe, origin, device);
        try
        {
            IReadOnlyList<ParameterGroup> groups = ParameterGroups.Of(task.Trained.Slices.Select(slice => slice.Parameter), optimizer.WeightDecayRules, optimizer.WeightDecay.Start);
            return new PretrainingSetup(task, new TrainingLoop<int>(task, loader, length, schedules, groups, optimizer.AdamW, optimizer.ClipGradientNorm), loader);
        }
        catch
        {
            task.Dispose();
            throw;
        }
    }

    /// <summary>Goes on from a training checkpoint of birder, at the beginning of the epoch after it.</summary>
    /// <exception cref="RunException">It is none, or of other networks.</exception>
    public void StartFrom(string birderCheckpoint) => Loop.Adopt(optimizer =>
    {
        (int epochs, _) = BirderCheckpoint.Load(birderCheckpoint, Task.Model, optimizer);
        long steps = (long)epochs * Loop.Length.StepsPerEpoch;
        return new RunCounters(steps, epochs, 0, steps * Loop.Length.PicturesPerStep);
    });

    public void Dispose()
    {
        Loop.Dispose();
        Task.Dispose();
    }
}
