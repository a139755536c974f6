using Fovea.Checkpoints;
using Fovea.Images;
using Fovea.Networks;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Jepa;

/// <summary>Pre-training by I-JEPA, as the loop sees it.</summary>
internal sealed class JepaTask : ITrainingTask<int>
{
    private readonly PretrainingRecipe _recipe;
    private readonly MaskSampler _masks;
    private readonly ModelOrigin _origin;

    /// <param name="recipe">The resolved recipe.</param>
    /// <param name="origin">What the model that serves says of itself.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    /// <exception cref="ArgumentException">The recipe's numbers contradict each other; the sentence says how.</exception>
    public JepaTask(PretrainingRecipe recipe, ModelOrigin origin, Device? device = null)
    {
        _recipe = recipe;
        _origin = origin;
        VitNetwork network = new(recipe.Encoder.ToConfig() with { DropPathRate = 0 }, recipe.Encoder.ImageSize, recipe.Encoder.Channels.Channels);
        PredictorConfig predictor = recipe.Predictor.ToConfig();
        _masks = MaskSampler.Create(recipe.Masks, network.Grid, recipe.Run.Seed);
        Model = new JepaModel(network, predictor, PredictorPositions.Table(network.Grid, predictor.Width, recipe.Predictor.Positions), recipe.Run.Compute, device, shards: device is null ? get_num_threads() : 1, recipe.Objective);
        StartValues start = new(recipe.Encoder.StartValues, recipe.Run.Seed);
        Dictionary<string, Weight> encoder = start.OfEncoder(network);
        Dictionary<string, Weight> all = start.OfPredictor(predictor.Contract(network.Config.Width), encoder.Count).ToDictionary(pair => JepaModel.PredictorPrefix + pair.Key, pair => pair.Value);
        foreach ((string key, Weight value) in encoder)
        {
            all.Add(JepaModel.ContextPrefix + key, value);
            all.Add(JepaModel.TargetPrefix + key, value);             // the target encoder begins as a copy
        }
        Model.Trained.Load(all);
        Model.Followed.Load(all);
    }

    public JepaModel Model { get; }

    public FlatParameters Trained => Model.Trained;

    public FlatParameters? Followed => Model.Followed;

    public bool IsTrained(string key) => JepaModel.IsTrained(key);

    public double Backward(Tensor images, TrainingBatch<int> batch, BatchPlace place, double weight, List<MetricValue>? figures)
    {
        MaskBatch masks = _masks.Sample(place.Step, new BatchSlice(place.StepPictures, place.First, (int)images.shape[0]));
        JepaBatch outputs = Model.Backward(images, Stack(masks.Contexts, masks.ContextPatches), Stack(masks.Targets, masks.TargetPatches), weight);
        figures?.AddRange([KnownMetrics.ContextPatches.Of(masks.ContextPatches), KnownMetrics.TargetPatches.Of(masks.TargetPatches), .. TargetHealth.Of(outputs.Join()).Figures]);
        return outputs.Loss;

        Tensor Stack(IReadOnlyList<long[]> blocks, int patches) => tensor(blocks.SelectMany(block => block).ToArray(), [blocks.Count, images.shape[0], patches]).to(images.device);
    }

    public IEnumerable<MetricValue> GradientFigures() => ParameterHealth.Of(Model).Figures;

    /// <summary>A picture with the masks that it would have at a step.</summary>
    /// <param name="picture">The network's input.</param>
    /// <param name="step">The step.</param>
    /// <param name="position">Its position in a batch of <paramref name="batch"/>.</param>
    /// <param name="batch">Pictures of that batch.</param>
    public MaskedPicture Masked(ReportPicture picture, long step, int position, int batch)
    {
        MaskBatch masks = _masks.Sample(step, new BatchSlice(batch, position, 1));
        return new MaskedPicture(picture, Model.Network.Grid, masks.ContextOf(0, 0).ToArray(), [.. Enumerable.Range(0, masks.Targets.Count).Select(block => masks.TargetOf(block, 0).ToArray())]);
    }

    public void WriteModel(Stream stream) => WeightsFile.Write(
        stream, _recipe.Encoder.Describe(_origin), Model.Followed.Save().Select(pair => KeyValuePair.Create(pair.Key[JepaModel.TargetPrefix.Length..], pair.Value)));

    public void Dispose() => Model.Dispose();
}
