using Fovea.Training.Runs.Health;

namespace Fovea.Training.Tests.Runs.Health;

public class FeatureHealthTests
{
    [Fact]
    public void Features_that_fill_all_directions_alike_have_a_deviation_of_1() =>
        Assert.Equal(1, FeatureHealth.Deviation(Gaussian(pictures: 4000, width: 32, offset: 0), 32), 0.01);

    [Fact]
    public void Equal_features_have_a_deviation_of_0()
    {
        float[] features = [.. Enumerable.Repeat(new[] { 0.3f, -1.7f, 2.2f, 0.1f }, 50).SelectMany(feature => feature)];
        Assert.Equal(0, FeatureHealth.Deviation(features, 4), 1e-6);
    }

    [Fact]
    public void Longer_features_in_the_same_directions_change_nothing()
    {
        float[] features = Gaussian(pictures: 100, width: 8, offset: 1);
        double expected = FeatureHealth.Deviation(features, 8);
        for (int index = 0; index < features.Length; index++) features[index] *= 3 + index / 8;
        Assert.Equal(expected, FeatureHealth.Deviation(features, 8), 1e-6);
    }

    [Fact]
    public void Features_with_a_direction_in_common_spread_less() =>
        Assert.InRange(FeatureHealth.Deviation(Gaussian(pictures: 1000, width: 32, offset: 3), 32), 0.2, 0.5);

    [Fact]
    public void What_cannot_be_said_is_NaN()
    {
        Assert.Equal(double.NaN, FeatureHealth.Deviation([1, 2], 2));
        Assert.Equal(double.NaN, FeatureHealth.Deviation([1, 2, float.NaN, 4], 2));
    }

    [Fact]
    public void Numbers_that_are_no_rows_are_refused() => Assert.Throws<ArgumentException>(() => FeatureHealth.Deviation([1, 2, 3], 2));

    private static float[] Gaussian(int pictures, int width, double offset)
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, pictures * width).Select(_ => (float)(offset + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
