using System.Numerics.Tensors;

namespace Fovea.Training.Evaluation;

/// <summary>The rows of a matrix at length 1: what cosine similarities are made of. A row shorter than 1e-12 is divided by 1e-12, so that zeros stay zeros.</summary>
internal sealed class UnitRows
{
    private const double Shortest = 1e-12;

    private readonly double[] _lengths;

    public UnitRows(FeatureMatrix features)
    {
        Features = features;
        _lengths = new double[features.Rows];
        Parallel.For(0, features.Rows, row => _lengths[row] = Math.Max(Math.Sqrt(features.Dot(row, features, row)), Shortest));
    }

    /// <summary>The rows at their own lengths.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>
    /// The most by which a product of two rows, multiplied in any order with this precision, can differ from <see cref="Cosine"/>: width + 8 roundings of
    /// sums of at most 1 (Higham 2002, eq. 3.5, and Cauchy-Schwarz), rounding of the rows themselves included.
    /// </summary>
    /// <param name="unit">The unit roundoff of the product: 2^-24 in float32, 2^-53 in float64.</param>
    public double ProductError(double unit) => 1.02 * (Features.Width + 8) * unit + Math.ScaleB(Features.Width + 8, -52);

    /// <summary>The cosine similarity that decides: a sum in a fixed order in double, of the rows as they are, divided by both lengths.</summary>
    public double Cosine(int row, UnitRows other, int otherRow) => Features.Dot(row, other.Features, otherRow) / (_lengths[row] * other._lengths[otherRow]);

    /// <summary>Writes rows at length 1.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="target">[rows, width].</param>
    public void Read(int first, Span<double> target)
    {
        int width = Features.Width;
        for (int row = 0; row < target.Length / width; row++)
        {
            Span<double> values = target.Slice(row * width, width);
            Features.Read(first + row, values);
            TensorPrimitives.Divide(values, _lengths[first + row], values);
        }
    }

    /// <summary>Writes rows at length 1, rounded to float32.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="target">[rows, width].</param>
    public void Read(int first, Span<float> target)
    {
        double[] values = new double[Features.Width];
        for (int row = 0; row < target.Length / values.Length; row++)
        {
            Read(first + row, values);
            TensorPrimitives.ConvertTruncating<double, float>(values, target.Slice(row * values.Length, values.Length));
        }
    }
}
