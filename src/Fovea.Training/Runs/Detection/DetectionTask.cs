using Fovea.Checkpoints;
using Fovea.Training.Annotations;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Detection;

/// <summary>Training of a detector, as the loop sees it.</summary>
internal sealed class DetectionTask : ITrainingTask<DetectionTarget>
{
    private readonly ModelDescription _description;
    private readonly DropPath _drop;

    /// <param name="recipe">The recipe.</param>
    /// <param name="start">Network and values.</param>
    /// <param name="categories">The classes, in the order of their indices.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    public DetectionTask(DetectionRecipe recipe, DetectorStart start, IReadOnlyList<CocoCategory> categories, ModelOrigin origin, Device? device = null)
    {
        int depth = start.Network.Config.Depth;
        _description = start.Encoder.Describe(origin) with { Outputs = categories.Count, ClassNames = [.. categories.Select(category => category.Name)], Detector = start.Detector };
        _drop = new DropPath(recipe.DropPath, depth, recipe.Freezing.Blocks(depth), recipe.Run.Seed);
        Model = new DetectorModel(start.Network, start.Detector, categories.Count, recipe.Freezing, recipe.LayerDecay, isAveraged: recipe.Average.Decay is not null, recipe.Run.Compute, device, shards: device is null ? get_num_threads() : 1);
        if (start.Weights is { } weights) Model.Load(weights);
    }

    public DetectorModel Model { get; }

    public FlatParameters Trained => Model.Trained;

    public FlatParameters? Followed => Model.Followed;

    public bool IsTrained(string key) => Model.IsTrained(key);

    public double Backward(Tensor images, TrainingBatch<DetectionTarget> batch, BatchPlace place, double weight, List<MetricValue>? figures)
    {
        DropPathFactors? drop = _drop.Draw(place.Step, place.First, batch.Targets.Length, images.device);
        DetectorLosses losses = Model.Backward(images, batch.Targets, weight, drop);
        figures?.AddRange([DetectionMetrics.ClassLoss.Of(losses.Classes), DetectionMetrics.BoxLoss.Of(losses.Boxes), DetectionMetrics.CentreLoss.Of(losses.Centres), DetectionMetrics.Places.Of(losses.Found)]);
        return losses.Total;
    }

    public IEnumerable<MetricValue> GradientFigures() => [];

    public void WriteModel(Stream stream) => WeightsFile.Write(stream, _description, Model.Save());

    public void Dispose() => Model.Dispose();
}
