using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Randomness;

public class BetaDistributionTests
{
    private const int Draws = 40_000;

    /// <summary>Mean a / (a + b), variance ab / ((a + b)^2 (a + b + 1)); bounds are five standard errors of the mean, and 5 % for the variance.</summary>
    [Theory]
    [InlineData(0.2, 0.2)]
    [InlineData(0.8, 0.8)]
    [InlineData(1.0, 1.0)]
    [InlineData(3.0, 1.5)]
    public void Draws_have_the_mean_and_the_variance_of_the_distribution(double alpha, double beta)
    {
        RandomStream random = new(11, RandomPurpose.Mixing);
        double[] values = new double[Draws];
        for (int index = 0; index < Draws; index++) values[index] = BetaDistribution.Draw(ref random, alpha, beta);
        double mean = alpha / (alpha + beta), variance = alpha * beta / ((alpha + beta) * (alpha + beta) * (alpha + beta + 1)), found = values.Average();
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(mean, found, 5 * Math.Sqrt(variance / Draws));
        Assert.Equal(variance, values.Average(value => (value - found) * (value - found)), 0.05 * variance);
    }

    [Fact]
    public void Same_stream_gives_the_same_number()
    {
        RandomStream one = new(3, RandomPurpose.Mixing, 7), other = new(3, RandomPurpose.Mixing, 7);
        Assert.Equal(BetaDistribution.Draw(ref one, 0.4, 0.4), BetaDistribution.Draw(ref other, 0.4, 0.4));
    }
}
