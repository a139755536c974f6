using System.Security.Cryptography;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Steps from the same start: what must be equal to the last byte, and what only nearly.</summary>
public class JepaRepeatTests
{
    private const int Steps = 20, Batch = 6, Kept = 15, Size = 9;

    [Theory]
    [InlineData(nameof(ComputeType.Float32))]
    [InlineData(nameof(ComputeType.BFloat16))]
    public void Twenty_steps_made_twice_give_the_same_bytes(string compute)
    {
        Run first = Run.Of(Enum.Parse<ComputeType>(compute), Steps), second = Run.Of(Enum.Parse<ComputeType>(compute), Steps);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Losses, second.Losses);
        Assert.True(first.Losses[^1] < 0.9 * first.Losses[0], $"the loss went from {first.Losses[0]} to {first.Losses[^1]}: such steps prove nothing.");
    }

    /// <summary>A product of bfloat16 values is off by up to 2^-8 of its terms; a loss averages thousands of them.</summary>
    [Fact]
    public void Losses_in_bfloat16_stay_within_two_hundredths_of_those_in_float32()
    {
        Run exact = Run.Of(ComputeType.Float32, Steps), rounded = Run.Of(ComputeType.BFloat16, Steps);
        for (int step = 0; step < Steps; step++) Assert.Equal(exact.Losses[step], rounded.Losses[step], 0.02 * exact.Losses[step]);
    }

    [Fact]
    public void Tensors_that_live_after_a_step_are_as_many_as_before_it()
    {
        using JepaModel model = Model(ComputeType.BFloat16);
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed);
        Step(model, optimizer);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int step = 0; step < 5; step++) Step(model, optimizer);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static JepaModel Model(ComputeType compute)
    {
        VitNetwork network = JepaGolden.Network("A");
        PredictorConfig predictor = new(Depth: 2, Width: 24, Heads: 4);
        JepaModel model = new(network, predictor, SineCosinePositions.Table(network.Grid, predictor.Width), compute);
        model.Trained.Load(Start(model.Trained, JepaModel.ContextPrefix));
        model.Followed.Load(Start(model.Followed, JepaModel.TargetPrefix));
        return model;
    }

    // Norms near 1, all others small, the two encoders alike.
    private static Dictionary<string, Weight> Start(FlatParameters parameters, string prefix) => parameters.Slices.ToDictionary(slice => slice.Parameter.Key, slice =>
    {
        string key = slice.Parameter.Key;
        Random random = new(key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..].Sum(letter => letter) : key.Length);
        bool isNorm = key.Contains("norm", StringComparison.Ordinal) && key.EndsWith("weight", StringComparison.Ordinal);
        float[] values = [.. Enumerable.Range(0, (int)slice.Length).Select(_ => (isNorm ? 1 : 0) + 0.2f * (random.NextSingle() - 0.5f))];
        return new Weight(slice.Parameter.Shape, values);
    });

    private static double Step(JepaModel model, AdamW optimizer)
    {
        using DisposeScope scope = NewDisposeScope();
        JepaOutputs outputs = model.Forward(Images(), Indices([1, Batch, Kept], seed: 2), Indices([4, Batch, Size], seed: 3));
        outputs.Loss.backward();
        model.Trained.CollectGradients();
        optimizer.Step(learningRate: 1e-3, [.. model.Trained.Slices.Select(_ => 0.04)], momentum: 0.99);
        return outputs.Loss.ToDouble();
    }

    private static Tensor Images()
    {
        Random random = new(1);
        return tensor(Enumerable.Range(0, Batch * 3 * JepaGolden.Side * JepaGolden.Side).Select(_ => 2 * random.NextSingle() - 1).ToArray(), [Batch, 3, JepaGolden.Side, JepaGolden.Side]);
    }

    private static Tensor Indices(long[] shape, int seed)
    {
        Random random = new(seed);
        long[] all = [.. Enumerable.Range(0, (int)(shape[0] * shape[1])).SelectMany(_ => random.GetItems([.. Enumerable.Range(0, 64)], (int)shape[2]).Order()).Select(index => (long)index)];
        return tensor(all, shape);
    }

    private sealed record Run(string Hash, double[] Losses)
    {
        public static Run Of(ComputeType compute, int steps)
        {
            using JepaModel model = Model(compute);
            using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed);
            double[] losses = [.. Enumerable.Range(0, steps).Select(_ => Step(model, optimizer))];
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (Tensor values in (Tensor[])[model.Trained.Values, model.Followed.Values, optimizer.FirstMoments, optimizer.SecondMoments]) hash.AppendData(values.bytes);
            return new Run(Convert.ToHexString(hash.GetHashAndReset()), losses);
        }
    }
}
