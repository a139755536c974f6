namespace Fovea.Tests.Graphs;

/// <summary>A value a agrees with the golden b when |a - b| &lt;= absolute + relative * |b|, for every element.</summary>
internal readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>Outputs of `vit_tiny` and `vit_family`: float32 errs by 8.3e-6; tanh GELU for exact GELU moves tokens by 4e-4.</summary>
    public static Tolerance Outputs => new(5e-5, 1e-5);

    /// <summary>Attention weights: float32 errs by 2.1e-6.</summary>
    public static Tolerance Attention => new(1e-5, 1e-5);

    /// <summary>Feature maps of `vit_full`: before the final norm, values up to 19; float32 errs by 5.2e-5.</summary>
    public static Tolerance FullFeatureMaps => new(3e-4, 1e-5);

    /// <summary>Fails with the name of the tensor and the place and size of the worst difference.</summary>
    public void Check(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        Assert.True(expected.Length == found.Length, $"{what}: {found.Length} values instead of {expected.Length}");
        Assert.False(expected.IsEmpty, $"{what}: nothing to compare");
        double worst = double.NegativeInfinity;
        int place = 0;
        for (int index = 0; index < expected.Length; index++)
        {
            double excess = Math.Abs((double)found[index] - expected[index]) - Absolute - Relative * Math.Abs(expected[index]);
            if (excess > worst || double.IsNaN(excess)) (worst, place) = (double.IsNaN(excess) ? double.PositiveInfinity : excess, index);
        }
        Assert.True(worst <= 0, $"{what}: element {place} is {found[place]}, golden {expected[place]}, beyond {Absolute} + {Relative} * |golden|");
    }
}
