using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>A small model with start values from fixed seeds, and one batch for it; for tests that need no golden.</summary>
internal static class JepaSample
{
    public const int Batch = 7, Kept = 15, Size = 9;

    /// <summary>Norms near 1, all others small, the two encoders alike.</summary>
    public static JepaModel Model(ComputeType compute, int shards, ObjectiveSettings? objective = null)
    {
        VitNetwork network = JepaGolden.Network("A");
        PredictorConfig predictor = new(Depth: 2, Width: 24, Heads: 4);
        JepaModel model = new(network, predictor, SineCosinePositions.Table(network.Grid, predictor.Width), compute, shards: shards, objective: objective);
        model.Trained.Load(Start(model.Trained, JepaModel.ContextPrefix));
        model.Followed.Load(Start(model.Followed, JepaModel.TargetPrefix));
        return model;
    }

    public static Tensor Images()
    {
        Random random = new(1);
        return tensor(Enumerable.Range(0, Batch * 3 * JepaGolden.Side * JepaGolden.Side).Select(_ => 2 * random.NextSingle() - 1).ToArray(), [Batch, 3, JepaGolden.Side, JepaGolden.Side]);
    }

    public static Tensor Contexts(int blocks = 1) => Indices([blocks, Batch, Kept], seed: 2);

    public static Tensor Targets() => Indices([4, Batch, Size], seed: 3);

    private static Dictionary<string, Weight> Start(FlatParameters parameters, string prefix) => parameters.Slices.ToDictionary(slice => slice.Parameter.Key, slice =>
    {
        string key = slice.Parameter.Key;
        Random random = new(key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..].Sum(letter => letter) : key.Length);
        bool isNorm = key.Contains("norm", StringComparison.Ordinal) && key.EndsWith("weight", StringComparison.Ordinal);
        return new Weight(slice.Parameter.Shape, Enumerable.Range(0, (int)slice.Length).Select(_ => (isNorm ? 1 : 0) + 0.2f * (random.NextSingle() - 0.5f)).ToArray());
    });

    private static Tensor Indices(long[] shape, int seed)
    {
        Random random = new(seed);
        long[] all = [.. Enumerable.Range(0, (int)(shape[0] * shape[1])).SelectMany(_ => random.GetItems([.. Enumerable.Range(0, 64)], (int)shape[2]).Order()).Select(index => (long)index)];
        return tensor(all, shape);
    }
}
