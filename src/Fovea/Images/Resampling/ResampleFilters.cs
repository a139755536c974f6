namespace Fovea.Images;

/// <summary>Support and value of each filter. The polynomials are evaluated in exactly this order: the last bit of a weight depends on it.</summary>
internal static class ResampleFilters
{
    private const double A = -0.5;                                             // Keys 1981, the free parameter of the cubic

    /// <summary>Half the width, in samples of the coarser side.</summary>
    public static double Support(this ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming or ResampleFilter.TensorBilinear => 1,
        ResampleFilter.Bicubic or ResampleFilter.TensorBicubic => 2,
        _ => 3,
    };

    /// <summary>Whether the weights are those of libtorch: 16 bits, the point chosen for each axis.</summary>
    public static bool IsTensor(this ResampleFilter filter) => filter is ResampleFilter.TensorBilinear or ResampleFilter.TensorBicubic;

    /// <summary>The weight at distance <paramref name="x"/> from the centre.</summary>
    public static double At(this ResampleFilter filter, double x) => filter switch
    {
        ResampleFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResampleFilter.Bilinear or ResampleFilter.TensorBilinear => Math.Abs(x) < 1 ? 1 - Math.Abs(x) : 0,
        ResampleFilter.Hamming => Hamming(Math.Abs(x)),
        ResampleFilter.Bicubic => Cubic(Math.Abs(x)),
        ResampleFilter.TensorBicubic => TensorCubic(Math.Abs(x)),
        _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
    };

    private static double Cubic(double x)
    {
        if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static double TensorCubic(double x)
    {
        if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A : 0;
    }

    private static double Hamming(double x)
    {
        if (x == 0) return 1;
        if (x >= 1) return 0;
        x *= Math.PI;
        return Math.Sin(x) / x * (0.54f + 0.46f * Math.Cos(x));               // the constants are single precision in Pillow
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
