using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Fovea.Numerics;

/// <summary>Products of rows of numbers, in double and in one order: the same rows give the same bits, whatever the threads.</summary>
internal static class Products
{
    // So many rows are read for each pass over the result: the result's rows come from the cache above the processor's first.
    private const int Rows = 4;

    /// <summary>Adds the products of the columns of rows with each other: `sum += rowsᵀ rows`.</summary>
    /// <param name="rows">[count, width].</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="sum">[width, width]; symmetric when it was.</param>
    public static void AddSquares(ReadOnlySpan<double> rows, int width, Span<double> sum)
    {
        int count = rows.Length / width, row = 0;
        for (; row + Rows <= count; row += Rows) AddFour(rows.Slice(row * width, Rows * width), width, sum);
        for (; row < count; row++)
        {
            ReadOnlySpan<double> values = rows.Slice(row * width, width);
            for (int column = 0; column < width; column++)
            {
                Span<double> target = sum.Slice(column * width + column, width - column);
                TensorPrimitives.MultiplyAdd(values[column..], values[column], target, target);
            }
        }
        for (int column = 1; column < width; column++)
        {
            for (int other = 0; other < column; other++) sum[column * width + other] = sum[other * width + column];
        }
    }

    /// <summary>Adds the products of the columns of two sets of rows: `sum += leftᵀ right`.</summary>
    /// <param name="left">[count, leftWidth].</param>
    /// <param name="leftWidth">Numbers of a left row.</param>
    /// <param name="right">[count, rightWidth].</param>
    /// <param name="rightWidth">Numbers of a right row.</param>
    /// <param name="sum">[leftWidth, rightWidth].</param>
    public static void AddProducts(ReadOnlySpan<double> left, int leftWidth, ReadOnlySpan<double> right, int rightWidth, Span<double> sum)
    {
        int count = left.Length / leftWidth;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<double> values = right.Slice(row * rightWidth, rightWidth);
            for (int column = 0; column < leftWidth; column++)
            {
                double factor = left[row * leftWidth + column];
                if (factor == 0) continue;
                Span<double> target = sum.Slice(column * rightWidth, rightWidth);
                TensorPrimitives.MultiplyAdd(values, factor, target, target);
            }
        }
    }

    /// <summary>The same numbers in double.</summary>
    public static double[] Widened(ReadOnlySpan<float> values)
    {
        double[] widened = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, widened);
        return widened;
    }

    // The upper triangle; four rows at once, so that each sum is read and written a quarter as often.
    private static void AddFour(ReadOnlySpan<double> rows, int width, Span<double> sum)
    {
        ReadOnlySpan<double> r0 = rows[..width], r1 = rows.Slice(width, width), r2 = rows.Slice(2 * width, width), r3 = rows[(3 * width)..];
        for (int column = 0; column < width; column++)
        {
            double f0 = r0[column], f1 = r1[column], f2 = r2[column], f3 = r3[column];
            Span<double> target = sum.Slice(column * width + column, width - column);
            ReadOnlySpan<double> v0 = r0[column..], v1 = r1[column..], v2 = r2[column..], v3 = r3[column..];
            Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
            ReadOnlySpan<Vector<double>> w0 = MemoryMarshal.Cast<double, Vector<double>>(v0), w1 = MemoryMarshal.Cast<double, Vector<double>>(v1);
            ReadOnlySpan<Vector<double>> w2 = MemoryMarshal.Cast<double, Vector<double>>(v2), w3 = MemoryMarshal.Cast<double, Vector<double>>(v3);
            for (int index = 0; index < targets.Length; index++) targets[index] += f0 * w0[index] + f1 * w1[index] + (f2 * w2[index] + f3 * w3[index]);
            for (int index = targets.Length * Vector<double>.Count; index < target.Length; index++) target[index] += f0 * v0[index] + f1 * v1[index] + (f2 * v2[index] + f3 * v3[index]);
        }
    }
}
