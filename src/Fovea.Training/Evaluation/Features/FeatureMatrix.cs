using System.Numerics.Tensors;
using TorchSharp;

namespace Fovea.Training.Evaluation;

/// <summary>
/// A row of numbers for each sample: float32 as encoders give them, or float64 where the caller has more digits. Immutable as long as the caller leaves
/// the array alone, which is not copied.
/// </summary>
internal sealed class FeatureMatrix
{
    private readonly float[]? _singles;
    private readonly double[]? _doubles;

    /// <param name="values">[rows, width], row after row.</param>
    /// <param name="width">Numbers of a sample, at least 1.</param>
    /// <exception cref="ArgumentException">The array does not end with a row.</exception>
    public FeatureMatrix(float[] values, int width) : this(values.Length, width) => _singles = values;

    /// <param name="values">[rows, width], row after row.</param>
    /// <param name="width">Numbers of a sample, at least 1.</param>
    /// <exception cref="ArgumentException">The array does not end with a row.</exception>
    public FeatureMatrix(double[] values, int width) : this(values.Length, width) => _doubles = values;

    private FeatureMatrix(int length, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (length % width != 0) throw new ArgumentException($"{length} numbers are no whole number of rows of {width}.", nameof(width));
        (Rows, Width) = (length / width, width);
    }

    /// <summary>Samples.</summary>
    public int Rows { get; }

    /// <summary>Numbers of each sample.</summary>
    public int Width { get; }

    /// <summary>The type that the numbers are kept in.</summary>
    public torch.ScalarType Type => _singles is null ? torch.float64 : torch.float32;

    /// <summary>The dot product of two rows, with the order of additions of <see cref="OrderedDot"/>.</summary>
    public double Dot(int row, FeatureMatrix other, int otherRow)
    {
        if (_singles is not null && other._singles is not null) return OrderedDot.Of(Row(_singles, row), other.Row(other._singles, otherRow));
        if (_doubles is not null && other._doubles is not null) return OrderedDot.Of(Row(_doubles, row), other.Row(other._doubles, otherRow));
        double[] one = new double[Width], two = new double[Width];
        Read(row, one);
        other.Read(otherRow, two);
        return OrderedDot.Of(one, two);
    }

    /// <summary>Copies a row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="target">[width].</param>
    public void Read(int row, Span<double> target)
    {
        if (_singles is null) Row(_doubles!, row).CopyTo(target);
        else TensorPrimitives.ConvertTruncating<float, double>(Row(_singles, row), target);                  // every float32 is a double
    }

    /// <summary>The first number of a row that is NaN or infinite, or -1.</summary>
    public int IndexOfNotFinite(int row)
    {
        bool isFinite = _singles is null ? TensorPrimitives.IsFiniteAll<double>(Row(_doubles!, row)) : TensorPrimitives.IsFiniteAll<float>(Row(_singles, row));
        if (isFinite) return -1;
        double[] values = new double[Width];
        Read(row, values);
        return Array.FindIndex(values, value => !double.IsFinite(value));
    }

    /// <summary>Some of the rows, copied, in the order given.</summary>
    public FeatureMatrix Select(IReadOnlyList<int> rows) => _singles is null ? new(Select(_doubles!, rows), Width) : new(Select(_singles, rows), Width);

    /// <summary>The bits of a row: equal for equal features.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => _singles is null
        ? System.Runtime.InteropServices.MemoryMarshal.AsBytes(Row(_doubles!, row))
        : System.Runtime.InteropServices.MemoryMarshal.AsBytes(Row(_singles, row));

    /// <summary>The numbers as a tensor that shares their memory: [rows, width] of <see cref="Type"/>, to be read only.</summary>
    public torch.Tensor ToTensor() => torch.frombuffer((Array?)_singles ?? _doubles!, Type).reshape(Rows, Width);

    private ReadOnlySpan<T> Row<T>(T[] values, int row) => values.AsSpan(row * Width, Width);

    private T[] Select<T>(T[] values, IReadOnlyList<int> rows)
    {
        T[] selected = GC.AllocateUninitializedArray<T>(rows.Count * Width);
        for (int index = 0; index < rows.Count; index++) Row(values, rows[index]).CopyTo(selected.AsSpan(index * Width));
        return selected;
    }
}
