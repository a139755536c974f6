using Fovea.Training.Evaluation;
using Fovea.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Evaluation.Probes;

public class SgdSweepTests
{
    private static readonly SgdSweepOptions Short = new() { Steps = 200, Batch = 64 };

    [Fact]
    public void Classes_separated_by_planes_are_told_apart_by_a_head_that_was_not_fitted_on_the_held_out_samples()
    {
        LinearProbeReport report = SgdSweep.Evaluate(DrawnFeatures.Clouds(300, 8, 4, 40, 1), DrawnFeatures.Clouds(100, 8, 4, 40, 2), Short);
        Assert.Equal(1, report.Top1.Value);
        Assert.Equal(("sgd", 30, 270), (report.Solver, report.HeldOut, report.Fit.Samples));
        Assert.Equal(Short.LearningRates, report.Settings.Select(setting => setting.LearningRate!.Value));
    }

    [Fact]
    public void Long_training_comes_near_the_optimum_of_logistic_regression()
    {
        FeatureSet train = DrawnFeatures.Clouds(400, 6, 3, 1.5, 1), test = DrawnFeatures.Clouds(200, 6, 3, 1.5, 2);
        LinearProbeReport swept = SgdSweep.Evaluate(train, test, new SgdSweepOptions { Steps = 1000, Batch = 360, LearningRates = [0.1], Scalings = [ProbeScaling.Standardized] });
        HeldOutSplit split = HeldOutSplit.Of(train.Count, 0);
        FeatureSet kept = train.Select(split.Kept);
        using ProbeSamples samples = new(kept.Features, kept.Labels);
        LogisticRegression.Fitted optimum = LogisticRegression.Fit(samples, ProbeScaling.Standardized, 3, 0, 1e-8, 500);
        double best = Calibration.Of(optimum.Model.Probabilities(test.Features), test.Labels, 3).NegativeLogLikelihood;
        Assert.Equal(best, swept.Calibration.NegativeLogLikelihood, 0.01);                                      // what 1000 steps leave of a likelihood around 0.5
    }

    /// <summary>Three steps against automatic gradients and the formulas of SGD with momentum.</summary>
    [Fact]
    public void Step_is_momentum_and_the_gradient_of_cross_entropy()
    {
        using DisposeScope scope = NewDisposeScope();
        FeatureSet set = DrawnFeatures.Clouds(12, 5, 3, 1, 1);
        Tensor rows = set.Features.ToTensor(), labels = tensor(set.Labels.Select(label => (long)label).ToArray());
        double[] rates = [0.5, 20];
        for (int head = 0; head < rates.Length; head++)
        {
            using SgdHeads heads = new(5, 3, rates, batch: 12, [new(1, RandomPurpose.Evaluation), new(2, RandomPurpose.Evaluation)]);
            (Tensor weights, Tensor biases) = (heads.Head(head).Weights.clone(), heads.Head(head).Biases.clone());
            (Tensor weightVelocity, Tensor biasVelocity) = (zeros_like(weights), zeros_like(biases));
            for (int step = 0; step < 3; step++)
            {
                heads.Step(rows, labels, schedule: 0.7);
                (weights, biases) = (weights.detach().requires_grad_(), biases.detach().requires_grad_());
                nn.functional.cross_entropy(rows.matmul(weights.t()) + biases, labels).backward();
                (weightVelocity, biasVelocity) = (0.9 * weightVelocity + weights.grad!, 0.9 * biasVelocity + biases.grad!);
                double rate = rates[head] * 12 / 256 * 0.7;
                (weights, biases) = (weights - rate * weightVelocity, biases - rate * biasVelocity);
            }
            // Float32 of numbers around 1, three steps.
            Assert.True(heads.Head(head).Weights.allclose(weights, rtol: 1e-5, atol: 1e-6), $"weights of head {head}");
            Assert.True(heads.Head(head).Biases.allclose(biases, rtol: 1e-5, atol: 1e-6), $"biases of head {head}");
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_report()
    {
        FeatureSet train = DrawnFeatures.Clouds(300, 8, 4, 1, 1), test = DrawnFeatures.Clouds(100, 8, 4, 1, 2);
        LinearProbeReport one = SgdSweep.Evaluate(train, test, Short), other = SgdSweep.Evaluate(train, test, Short);
        Assert.Equal(one.Settings, other.Settings);
        Assert.Equal(one.Predictions, other.Predictions);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FeatureSet set = DrawnFeatures.Clouds(30, 4, 2, 1, 1);
        Assert.Throws<ArgumentException>(() => SgdSweep.Evaluate(set, set, new SgdSweepOptions { LearningRates = [] }));
        Assert.Throws<ArgumentException>(() => SgdSweep.Evaluate(set, set, new SgdSweepOptions { Steps = 0 }));
    }
}
