using Fovea.Insight;

namespace Fovea.Tests.Insight.Probes;

/// <summary>Probes on tokens whose knowledge is known.</summary>
public class ProbeTests
{
    private static readonly PatchGrid Grid = new(4, 5);

    [Fact]
    public void Tokens_that_are_their_place_tell_it()
    {
        LocalProbes probes = Run(place => OneHot(place), (place, random) => Noise(random, 12));
        Assert.Equal(1, probes.PositionAccuracy.Normal);
        Assert.Equal(0, probes.PositionDistance.Normal);
        Assert.Equal(0.05, probes.Chance);
    }

    [Fact]
    public void Constant_tokens_are_at_chance()
    {
        LocalProbes probes = Run(_ => [1, 2, 3], (place, random) => Noise(random, 12));
        Assert.Equal(probes.Chance, probes.PositionAccuracy.Normal, 1e-9);         // one place is always predicted, and each is asked as often
        Assert.Equal(1, probes.RelativePixelError.Normal, 0.1);
    }

    [Fact]
    public void Tokens_that_hold_the_pixels_give_them_back()
    {
        Random random = new(5);
        TokenSamples[] samples = [.. Enumerable.Range(0, 60).Select(_ =>
        {
            float[][] pixels = [.. Enumerable.Range(0, Grid.Patches).Select(_ => Noise(random, 12))];
            float[][] tokens = [.. pixels.Select(patch => (float[])[.. patch, .. patch.Select(pixel => 2 * pixel + 1)])];
            return new TokenSamples([.. Enumerable.Range(0, Grid.Patches)], tokens, pixels);
        })];
        LocalProbes probes = LocalProbes.Of(samples, [.. samples.Select(_ => new bool[Grid.Patches])], Grid, default)!;
        // The penalty takes a thousandth of a pixel that stands in a token once, half of that where it stands twice.
        Assert.InRange(probes.RelativePixelError.Normal, 0, 1e-3);
    }

    [Fact]
    public void Penalty_is_all_that_keeps_pixels_from_being_exact()
    {
        Random random = new(6);
        float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => Noise(random, 8))];
        (double[] errors, double[] means) = RidgeRegression.Fit(rows, rows, 1e-9).Errors(rows, rows);
        Assert.True(errors.Average() / means.Average() < 1e-6);
    }

    [Fact]
    public void Outliers_that_know_nothing_stand_apart_from_normal_tokens()
    {
        Random random = new(7);
        bool[][] isOutlier = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, Grid.Patches).Select(_ => random.Next(5) == 0).ToArray())];
        TokenSamples[] samples = [.. isOutlier.Select(flags => new TokenSamples(
            [.. Enumerable.Range(0, Grid.Patches)], [.. flags.Select((flag, place) => flag ? [.. new float[20], 1] : (float[])[.. OneHot(place), 0])], [.. flags.Select(_ => Noise(random, 3))]))];
        LocalProbes probes = LocalProbes.Of(samples, isOutlier, Grid, default)!;
        Assert.Equal(1, probes.PositionAccuracy.Normal);
        Assert.True(probes.PositionAccuracy.Outlier < 0.2);
        Assert.True(probes.PositionDistance.Outlier > 1);
        Assert.Equal(probes.TestTokens, probes.PositionAccuracy.NormalCount + probes.PositionAccuracy.OutlierCount);
    }

    [Fact]
    public void One_picture_is_not_enough() =>
        Assert.Null(LocalProbes.Of([new TokenSamples([0], [[1f]], [[1f]])], [[false]], Grid, default));

    [Fact]
    public void Regression_reaches_its_optimum()
    {
        // Two classes that one feature separates with overlap: at the optimum the gradient of the penalised loss is zero.
        Random random = new(8);
        int[] labels = [.. Enumerable.Range(0, 200).Select(number => number % 2)];
        float[][] rows = [.. labels.Select(label => (float[])[(float)(label + random.NextDouble() * 2), (float)random.NextDouble()])];
        SoftmaxRegression.Model model = SoftmaxRegression.Fit(rows, labels, 2, 0.01);
        double accuracy = model.Predict(rows).Zip(labels, (found, label) => found == label).Count(isRight => isRight) / 200.0;
        Assert.InRange(accuracy, 0.65, 0.95);
        Assert.Equal(0, model.Point[0] + model.Point[2], 1e-4);                     // symmetric: the penalty splits the weight
    }

    private static LocalProbes Run(Func<int, float[]> token, Func<int, Random, float[]> pixels)
    {
        Random random = new(3);
        TokenSamples[] samples = [.. Enumerable.Range(0, 40).Select(_ => new TokenSamples(
            [.. Enumerable.Range(0, Grid.Patches)], [.. Enumerable.Range(0, Grid.Patches).Select(token)], [.. Enumerable.Range(0, Grid.Patches).Select(place => pixels(place, random))]))];
        return LocalProbes.Of(samples, [.. samples.Select(_ => new bool[Grid.Patches])], Grid, default)!;
    }

    private static float[] OneHot(int place)
    {
        float[] token = new float[20];
        token[place] = 1;
        return token;
    }

    private static float[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
