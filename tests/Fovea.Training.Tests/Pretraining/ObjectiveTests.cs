using Fovea.Tests.Graphs;
using Fovea.Training.Networks;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>What the objective can do beside the reference's: it looks at the whole batch, whoever computes which part of it.</summary>
public class ObjectiveTests
{
    private static readonly ObjectiveSettings Spread = new() { VarianceWeight = 0.5, CovarianceWeight = 0.1 }, Normed = new() { TargetNorm = TargetNorm.Batch };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradients_do_not_depend_on_the_number_of_shards(int shards)
    {
        using DisposeScope scope = NewDisposeScope();
        ObjectiveSettings all = Spread with { TargetNorm = TargetNorm.Batch };
        using JepaModel whole = JepaSample.Model(ComputeType.Float32, shards: 1, all), divided = JepaSample.Model(ComputeType.Float32, shards, all);
        JepaOutputs expected = whole.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets()).Join();
        JepaOutputs found = divided.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets()).Join();

        Assert.Equal(expected.Spread!.ToDouble(), found.Spread!.ToDouble(), 1e-6);
        new Tolerance(2e-5, 0).Check("targets", JepaGolden.Floats(expected.Targets), JepaGolden.Floats(found.Targets));
        new Tolerance(1e-6, 1e-4).Check("gradients", JepaGolden.Floats(whole.Trained.Gradients!), JepaGolden.Floats(divided.Trained.Gradients!));
    }

    [Fact]
    public void Targets_of_a_batch_have_mean_0_and_deviation_1_in_each_channel()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaSample.Model(ComputeType.Float32, shards: 2, Normed);
        Tensor tokens = model.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets()).Join().NormalisedTokens;

        Assert.All(JepaGolden.Floats(tokens.mean([0L, 1L])), mean => Assert.Equal(0, mean, 1e-5f));
        Assert.All(JepaGolden.Floats(tokens.var([0L, 1L], unbiased: false)), variance => Assert.Equal(1, variance, 1e-3f));
    }

    [Fact]
    public void Objective_of_the_reference_has_no_spread()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaSample.Model(ComputeType.Float32, shards: 2);
        Assert.Null(model.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets()).Parts[0].Spread);
    }

    [Fact]
    public void Fault_in_one_share_does_not_leave_the_others_waiting()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaSample.Model(ComputeType.Float32, shards: 3, Spread);
        Tensor targets = JepaSample.Targets();
        targets[0, JepaSample.Batch - 1, 0] = 1000;                                // no such patch
        Exception failure = Assert.ThrowsAny<Exception>(() => model.Backward(JepaSample.Images(), JepaSample.Contexts(), targets));
        Assert.IsType<System.Runtime.InteropServices.ExternalException>(failure.InnerException ?? failure);
    }

    [Fact]
    public void Variance_is_what_deviations_lack_to_1()
    {
        using DisposeScope scope = NewDisposeScope();
        // Deviations 0 (0.01 with the constant under the root), 0.5 and 2: what lacks is 0.99, 0.5 and nothing.
        Tensor embeddings = tensor(new[] { 3f, -0.35355338f, -1.4142135f, 3f, 0.35355338f, 1.4142135f }, [2, 3]);
        Assert.Equal((0.99 + (1 - Math.Sqrt(0.25 + 1e-4))) / 3, SpreadLoss.Variance(embeddings).ToDouble(), 1e-5);
    }

    [Fact]
    public void Covariance_counts_pairs_of_different_channels_once_in_each_order()
    {
        using DisposeScope scope = NewDisposeScope();
        // Covariances of the columns (1, -1), (2, -2), (0, 0): between the first two 4, else 0; twice 16 over three channels.
        Tensor embeddings = tensor(new[] { 1f, 2f, 5f, -1f, -2f, 5f }, [2, 3]);
        Assert.Equal(2 * 16 / 3.0, SpreadLoss.Covariance(embeddings).ToDouble(), 1e-5);
    }

    [Fact]
    public void Negative_weight_is_refused() =>
        Assert.Throws<ArgumentException>(() => JepaSample.Model(ComputeType.Float32, shards: 1, new ObjectiveSettings { VarianceWeight = -1 }));
}
