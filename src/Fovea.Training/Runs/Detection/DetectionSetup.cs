using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Detection;

/// <summary>Everything that a recipe, a start and pictures with boxes make: network, batches, rates. Nothing is on the disk yet.</summary>
internal sealed class DetectionSetup : IDisposable
{
    private DetectionSetup(DetectionTask task, TrainingLoop<DetectionTarget> loop, BatchLoader<DetectionTarget> loader, FittedTransform input)
    {
        (Task, Loop, Loader, Input) = (task, loop, loader, input);
    }

    public DetectionTask Task { get; }

    public TrainingLoop<DetectionTarget> Loop { get; }

    public BatchLoader<DetectionTarget> Loader { get; }

    /// <summary>From pictures to what the network sees.</summary>
    public FittedTransform Input { get; }

    /// <summary>Builds the network and checks every number of the recipe against the others.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="start">Network and values.</param>
    /// <param name="pictures">What is trained on; not disposed.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    /// <exception cref="TrainingDataException">There are fewer pictures than one batch takes.</exception>
    public static DetectionSetup Create(DetectionRecipe recipe, DetectorStart start, DetectionSet pictures, ModelOrigin origin, Device? device = null)
    {
        OptimizerRecipe optimizer = recipe.Optimizer;
        FittedTransform input = new(start.Encoder.ImageSize, start.Encoder.Channels);
        BatchLoader<DetectionTarget> loader = new(pictures, new DetectionSamples(pictures, recipe.Data.Augmentation, input), recipe.Loading());
        RunLength length = optimizer.LengthOf(loader.BatchesPerEpoch);
        Func<long, double> average = recipe.Average.Decay is null ? _ => 1 : new WeightAverageSchedule(recipe.Average, optimizer.LearningRate, length).At;
        TrainingSchedules schedules = new(optimizer.LearningRate, optimizer.WeightDecay, length, average);
        DetectionTask task = new(recipe, start, pictures.Categories, origin, device);
        try
        {
            int depth = start.Network.Config.Depth;
            IReadOnlyList<ParameterGroup> groups = recipe.LayerDecay.Apply(
                ParameterGroups.Of(task.Trained.Slices.Select(slice => slice.Parameter), optimizer.WeightDecayRules, optimizer.WeightDecay.Start), depth, depth, optimizer.LearningRate.Base);
            return new DetectionSetup(task, new TrainingLoop<DetectionTarget>(task, loader, length, schedules, groups, optimizer.AdamW, optimizer.ClipGradientNorm), loader, input);
        }
        catch
        {
            task.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Loop.Dispose();
        Task.Dispose();
    }
}
