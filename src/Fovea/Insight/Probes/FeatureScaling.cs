using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>Features less their mean, over their standard deviation; a feature that never changes becomes 0.</summary>
internal sealed class FeatureScaling
{
    private const double Least = 1e-10;                                           // of the largest deviation: below it there is rounding alone
    private readonly double[] _mean, _factor;

    private FeatureScaling(double[] mean, double[] factor) => (_mean, _factor) = (mean, factor);

    public int Width => _mean.Length;

    /// <summary>Of training samples, [samples][width].</summary>
    public static FeatureScaling Of(IReadOnlyList<float[]> features)
    {
        int width = features[0].Length;
        double[] mean = new double[width], squares = new double[width];
        foreach (float[] row in features) TensorPrimitives.Add(mean, Products.Widened(row), mean);
        TensorPrimitives.Divide(mean, features.Count, mean);
        foreach (float[] row in features)
        {
            double[] centred = Products.Widened(row);
            TensorPrimitives.Subtract(centred, mean, centred);
            TensorPrimitives.MultiplyAdd(centred, centred, squares, squares);
        }
        double[] deviations = [.. squares.Select(square => Math.Sqrt(square / features.Count))];
        double least = Least * deviations.Max();
        return new(mean, [.. deviations.Select(deviation => deviation > least ? 1 / deviation : 0)]);
    }

    /// <returns>[samples, width].</returns>
    public double[] Apply(IReadOnlyList<float[]> features)
    {
        double[] scaled = new double[features.Count * Width];
        for (int row = 0; row < features.Count; row++)
        {
            Span<double> target = scaled.AsSpan(row * Width, Width);
            TensorPrimitives.ConvertTruncating<float, double>(features[row], target);
            TensorPrimitives.Subtract(target, _mean, target);
            TensorPrimitives.Multiply(target, _factor, target);
        }
        return scaled;
    }
}
