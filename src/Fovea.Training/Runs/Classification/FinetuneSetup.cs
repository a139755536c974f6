using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Classification;

/// <summary>Everything that a recipe, a start and labelled pictures make: network, batches, rates. Nothing is on the disk yet.</summary>
internal sealed class FinetuneSetup : IDisposable
{
    private FinetuneSetup(ClassificationTask task, TrainingLoop<int> loop, BatchLoader<int> loader)
    {
        Task = task;
        Loop = loop;
        Loader = loader;
    }

    public ClassificationTask Task { get; }

    public TrainingLoop<int> Loop { get; }

    public BatchLoader<int> Loader { get; }

    /// <summary>Builds the network and checks every number of the recipe against the others.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="start">Network and values.</param>
    /// <param name="data">What is trained on; not disposed.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    /// <exception cref="TrainingDataException">There are fewer pictures than one batch takes.</exception>
    public static FinetuneSetup Create(FinetuneRecipe recipe, ClassifierStart start, ClassificationData data, ModelOrigin origin, Device? device = null)
    {
        if (recipe.Loss.ClassWeights != ClassWeighting.None && recipe.Data.Sampling != ClassWeighting.None) throw ClassificationThrow.WeightsTwice();
        if (recipe.Data.Sampling != ClassWeighting.None && DataSource.Parse(recipe.Data.Sources, SourceUse.Training).Any(source => source.Factor != 1)) throw ClassificationThrow.FactorsAndSampling();
        OptimizerRecipe optimizer = recipe.Optimizer;
        Augmenter augmenter = new(recipe.Data.Augmentation.ToRecipe(start.Encoder.ImageSize, start.Encoder.Channels));
        LoadingOptions loading = recipe.Loading() with { Weights = recipe.Data.Sampling == ClassWeighting.None ? null : data.SampleWeights(recipe.Data.Sampling) };
        BatchLoader<int> loader = new(data.Training, new LabelledSamples(data.Training, augmenter), loading);
        RunLength length = optimizer.LengthOf(loader.BatchesPerEpoch);
        TrainingSchedules schedules = new(optimizer.LearningRate, optimizer.WeightDecay, length, Average(recipe, length));
        ClassificationTask task = new(recipe, start, data.Classes, data.Counts, origin, device);
        try
        {
            int depth = start.Network.Config.Depth;
            IReadOnlyList<ParameterGroup> groups = recipe.LayerDecay.Apply(
                ParameterGroups.Of(task.Trained.Slices.Select(slice => slice.Parameter), optimizer.WeightDecayRules, optimizer.WeightDecay.Start), depth, depth + 1, optimizer.LearningRate.Base);
            return new FinetuneSetup(task, new TrainingLoop<int>(task, loader, length, schedules, groups, optimizer.AdamW, optimizer.ClipGradientNorm), loader);
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

    private static Func<long, double> Average(FinetuneRecipe recipe, RunLength length) =>
        recipe.Average.Decay is null ? _ => 1 : new WeightAverageSchedule(recipe.Average, recipe.Optimizer.LearningRate, length).At;
}
