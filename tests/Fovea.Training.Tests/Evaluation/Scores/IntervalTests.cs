using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Scores;

public class IntervalTests
{
    // Standard tables, to the digits that they print.
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(3, 3.1824)]
    [InlineData(4, 2.7764)]
    [InlineData(9, 2.2622)]
    [InlineData(30, 2.0423)]
    [InlineData(120, 1.9799)]
    public void Student_quantiles_equal_the_tables(int freedom, double expected) => Assert.Equal(expected, StudentT.Quantile975(freedom), 5e-5);

    [Fact]
    public void Bootstrap_interval_of_a_mean_is_about_two_standard_errors_wide_on_each_side()
    {
        double[] values = [.. DrawnFeatures.Normal(2000, 3)];
        Estimate mean = Bootstrap.OfMean(values, seed: 1);
        double error = Math.Sqrt(values.Average(value => value * value) / values.Length);
        Assert.Equal(values.Average(), mean.Value, 1e-12);
        // The deviation of a 2.5 percentile of 1000 draws is 0.085 standard errors.
        Assert.InRange((mean.Value - mean.Low!.Value) / error, 1.7, 2.2);
        Assert.InRange((mean.High!.Value - mean.Value) / error, 1.7, 2.2);
    }

    [Fact]
    public void Bootstrap_is_a_function_of_the_seed()
    {
        double[] values = [.. DrawnFeatures.Normal(50, 3)];
        Assert.Equal(Bootstrap.OfMean(values, seed: 1), Bootstrap.OfMean(values, seed: 1));
        Assert.NotEqual(Bootstrap.OfMean(values, seed: 1), Bootstrap.OfMean(values, seed: 2));
    }

    [Fact]
    public void Paired_difference_of_models_that_differ_by_a_constant_has_no_width()
    {
        double[] first = [.. DrawnFeatures.Normal(50, 3)], second = [.. first.Select(value => value - 0.25)];
        Estimate difference = Bootstrap.OfDifference(first, second, seed: 1);
        GoldenJson.Near("difference", [0.25, 0.25, 0.25], [difference.Value, difference.Low!.Value, difference.High!.Value]);
    }

    /// <summary>Measures 0, 1, ..., 4, one for each of five resamples: the 2.5 percentile lies a tenth of the way from 0 to 1.</summary>
    [Fact]
    public void Percentiles_are_linear_between_order_statistics()
    {
        int calls = -1;
        Estimate estimate = Bootstrap.Of(10, seed: 1, _ => [Interlocked.Increment(ref calls)], resamples: 5)[0];
        GoldenJson.Near("low, high", [0.1, 3.9], [estimate.Low!.Value, estimate.High!.Value]);
    }

    [Fact]
    public void Samples_that_one_model_has_right_are_counted() =>
        Assert.Equal(new McNemar(2, 1), McNemar.Of([0, 1, 1, 0, 2], [0, 0, 0, 1, 0], [0, 1, 1, 1, 1]));

    [Fact]
    public void Models_on_different_samples_cannot_be_compared()
    {
        Assert.Throws<ArgumentException>(() => McNemar.Of([0], [0, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => Bootstrap.OfDifference([0], [0, 1], 1));
    }
}
