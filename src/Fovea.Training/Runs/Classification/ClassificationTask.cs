using Fovea.Checkpoints;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Classification;

/// <summary>Training of a classifier, as the loop sees it.</summary>
internal sealed class ClassificationTask : ITrainingTask<int>
{
    private readonly ModelDescription _description;
    private readonly ClassLoss _loss;
    private readonly Mixer _mixer;
    private readonly DropPath _drop;
    private readonly FrozenEmbeddings? _embeddings;
    private readonly Func<string, bool> _isTrained;

    /// <param name="recipe">The recipe.</param>
    /// <param name="start">Network and values.</param>
    /// <param name="classes">What labels mean.</param>
    /// <param name="counts">Training pictures of each class.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    public ClassificationTask(FinetuneRecipe recipe, ClassifierStart start, ClassList classes, IReadOnlyList<int> counts, ModelOrigin origin, Device? device = null)
    {
        int depth = start.Network.Config.Depth;
        _description = start.Encoder.Describe(origin) with { Outputs = classes.Count, ClassNames = [.. classes.Names] };
        _mixer = new Mixer(recipe.Mixing, start.Network.Size, recipe.Run.Seed);
        _drop = new DropPath(recipe.DropPath, depth, recipe.Freezing.Blocks(depth), recipe.Run.Seed);
        _loss = new ClassLoss(recipe.Loss, classes.Count, recipe.Loss.ClassWeights == ClassWeighting.None ? null : ClassWeights.Of(recipe.Loss.ClassWeights, counts), device: device);
        _isTrained = key => recipe.Freezing.Trains(key, depth) && recipe.LayerDecay.Trains(key, depth, last: depth + 1);
        Model = new ClassifierModel(start.Network, recipe.Run.Compute, _isTrained, isAveraged: recipe.Average.Decay is not null, device, shards: device is null ? get_num_threads() : 1);
        if (recipe.HasFixedEmbeddings) _embeddings = new FrozenEmbeddings(Model, recipe.Data.CacheMegabytes * 1_000_000L);
        if (start.Weights is { } weights) Model.Load(weights);
    }

    public ClassifierModel Model { get; }

    public FlatParameters Trained => Model.Trained;

    public FlatParameters? Followed => Model.Followed;

    public bool IsTrained(string key) => _isTrained(key);

    public double Backward(Tensor images, TrainingBatch<int> batch, BatchPlace place, double weight, List<MetricValue>? figures)
    {
        Tensor targets = _loss.OneHot(batch.Targets).to(images.device);
        Mix? mix = _mixer.Draw(place.Step, place.First);
        if (mix is not null) (images, targets) = (mix.Images(images), mix.Targets(targets));
        ClassifierBatch learned = new(
            _embeddings?.Of(images, batch.Samples) ?? images, targets, _loss.Divisor(batch.Targets, isMixed: mix is not null),
            _embeddings is null ? _drop.Draw(place.Step, place.First, batch.Targets.Length, images.device) : null, AreEmbeddings: _embeddings is not null);
        (double loss, Tensor logits) = Model.Backward(learned, _loss, weight);
        figures?.Add(ClassificationMetrics.TrainTop1.Of(logits.argmax(1).eq(targets.argmax(1)).to(ScalarType.Float64).mean().ToDouble()));
        return loss;
    }

    public IEnumerable<MetricValue> GradientFigures() => [];

    public void WriteModel(Stream stream) => WeightsFile.Write(stream, _description, Model.Save());

    public void Dispose()
    {
        _loss.Dispose();
        Model.Dispose();
    }
}
