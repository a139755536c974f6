using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Probes;

public class SoftmaxObjectiveTests
{
    [Theory]
    [InlineData(ProbeScaling.None)]
    [InlineData(ProbeScaling.Standardized)]
    internal void Gradient_is_that_of_the_objective(ProbeScaling scaling)
    {
        FeatureSet set = DrawnFeatures.Clouds(60, 5, 4, 1, 1);
        using ProbeSamples samples = new(set.Features, set.Labels);
        using SoftmaxObjective objective = new(samples, scaling, 4, penalty: 0.03);
        double[] point = [.. DrawnFeatures.Normal(objective.Count, 2)], gradient = new double[point.Length], unused = new double[point.Length];
        objective.Evaluate(point, gradient);
        for (int index = 0; index < point.Length; index++)
        {
            const double Step = 1e-5;
            double[] above = (double[])point.Clone(), below = (double[])point.Clone();
            above[index] += Step;
            below[index] -= Step;
            // Central differences err by step^2 times the third derivative, and by the rounding of the objective divided by the step: 1e-10 and 1e-11.
            Assert.Equal((objective.Evaluate(above, unused) - objective.Evaluate(below, unused)) / (2 * Step), gradient[index], 1e-8);
        }
    }

    [Theory]
    [InlineData(ProbeScaling.None)]
    [InlineData(ProbeScaling.Standardized)]
    internal void Model_of_a_point_has_the_cross_entropy_of_the_objective(ProbeScaling scaling)
    {
        FeatureSet set = DrawnFeatures.Clouds(60, 5, 4, 1, 1);
        using ProbeSamples samples = new(set.Features, set.Labels);
        using SoftmaxObjective objective = new(samples, scaling, 4, penalty: 0);
        double[] point = [.. DrawnFeatures.Normal(objective.Count, 2)];
        double value = objective.Evaluate(point, new double[point.Length]);
        Calibration measured = Calibration.Of(objective.Model(point).Probabilities(set.Features), set.Labels, 4);
        Assert.Equal(measured.NegativeLogLikelihood, value, 1e-12);
    }

    /// <summary>More samples than one block: what is summed by blocks is the whole.</summary>
    [Fact]
    public void Objective_of_samples_twice_is_that_of_samples_once()
    {
        FeatureSet once = DrawnFeatures.Clouds(5000, 3, 2, 1, 1), twice = once.Select([.. Enumerable.Range(0, 10_000).Select(row => row % 5000)]);
        using ProbeSamples few = new(once.Features, once.Labels), many = new(twice.Features, twice.Labels);
        using SoftmaxObjective one = new(few, ProbeScaling.Standardized, 2, 0.1), two = new(many, ProbeScaling.Standardized, 2, 0.1);
        double[] point = [.. DrawnFeatures.Normal(one.Count, 2)], first = new double[point.Length], second = new double[point.Length];
        Assert.Equal(one.Evaluate(point, first), two.Evaluate(point, second), 1e-12);
        GoldenJson.Near("gradient", first, second, 1e-12);
    }
}
