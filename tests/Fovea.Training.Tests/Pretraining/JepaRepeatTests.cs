using System.Security.Cryptography;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Steps from the same start: what must be equal to the last byte, and what only nearly.</summary>
public class JepaRepeatTests
{
    private const int Steps = 20;

    [Theory]
    [InlineData(nameof(ComputeType.Float32), 1)]
    [InlineData(nameof(ComputeType.Float32), 3)]
    [InlineData(nameof(ComputeType.BFloat16), 1)]
    [InlineData(nameof(ComputeType.BFloat16), 3)]
    public void Twenty_steps_made_twice_give_the_same_bytes(string compute, int shards)
    {
        Run first = Run.Of(Enum.Parse<ComputeType>(compute), shards), second = Run.Of(Enum.Parse<ComputeType>(compute), shards);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Losses, second.Losses);
        Assert.True(first.Losses[^1] < 0.9 * first.Losses[0], $"the loss went from {first.Losses[0]} to {first.Losses[^1]}: such steps prove nothing.");
    }

    /// <summary>A product of bfloat16 values is off by up to 2^-8 of its terms; a loss averages thousands of them.</summary>
    [Fact]
    public void Losses_in_bfloat16_stay_within_two_hundredths_of_those_in_float32()
    {
        Run exact = Run.Of(ComputeType.Float32), rounded = Run.Of(ComputeType.BFloat16);
        for (int step = 0; step < Steps; step++) Assert.Equal(exact.Losses[step], rounded.Losses[step], 0.02 * exact.Losses[step]);
    }

    internal static double Step(JepaModel model, AdamW optimizer)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = model.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets()).Loss;
        optimizer.Step(learningRate: 1e-3, [.. model.Trained.Slices.Select(_ => 0.04)], momentum: 0.99);
        return loss;
    }

    private sealed record Run(string Hash, double[] Losses)
    {
        public static Run Of(ComputeType compute, int shards = 1)
        {
            using JepaModel model = JepaSample.Model(compute, shards);
            using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed);
            double[] losses = [.. Enumerable.Range(0, Steps).Select(_ => Step(model, optimizer))];
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (Tensor values in (Tensor[])[model.Trained.Values, model.Followed.Values, optimizer.FirstMoments, optimizer.SecondMoments]) hash.AppendData(values.bytes);
            return new Run(Convert.ToHexString(hash.GetHashAndReset()), losses);
        }
    }
}
