using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Dot products in double whose last bit is the same on every machine: element i is added to running sum i mod 32, and the sums are added in halves
/// (16 + 16, 8 + 8, ...). Equal vectors so have equal similarities, wherever they stand, and ties can be decided by a rule.
/// </summary>
/// <remarks>Products of float32 are exact in double, so that whether a processor fuses them does not matter; those of float64 are rounded, never fused.</remarks>
internal static class OrderedDot
{
    private const int Sums = 32;                                              // four vectors of eight: enough to hide the latency of an addition

    /// <summary>The sum of a_i b_i; both have the same length.</summary>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<double> sums = stackalloc double[Sums];
        int done = a.Length - a.Length % Sums;
        AddVectors(Vectors(a[..done]), Vectors(b[..done]), MemoryMarshal.Cast<double, Vector512<double>>(sums));
        for (int index = done; index < a.Length; index++) sums[index - done] += (double)a[index] * b[index];
        return AddHalves(sums);
    }

    /// <summary>The sum of a_i b_i; both have the same length.</summary>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> sums = stackalloc double[Sums];
        int done = a.Length - a.Length % Sums;
        AddVectors(Vectors(a[..done]), Vectors(b[..done]), MemoryMarshal.Cast<double, Vector512<double>>(sums));
        for (int index = done; index < a.Length; index++) sums[index - done] += a[index] * b[index];
        return AddHalves(sums);
    }

    /// <summary>The definition, and the judge of the vectors.</summary>
    public static double Scalar(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> sums = stackalloc double[Sums];
        for (int index = 0; index < a.Length; index++) sums[index % Sums] += a[index] * b[index];
        return AddHalves(sums);
    }

    private static ReadOnlySpan<Vector512<T>> Vectors<T>(ReadOnlySpan<T> values) where T : struct => MemoryMarshal.Cast<T, Vector512<T>>(values);

    // Sixteen float32 widen to two vectors of eight doubles: lanes 0-7 and 8-15, so that lane and sum have the same number.
    private static void AddVectors(ReadOnlySpan<Vector512<float>> a, ReadOnlySpan<Vector512<float>> b, Span<Vector512<double>> sums)
    {
        Vector512<double> sum0 = Vector512<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int index = 0; index < a.Length; index += 2)
        {
            (Vector512<double> a0, Vector512<double> a1) = Vector512.Widen(a[index]);
            (Vector512<double> b0, Vector512<double> b1) = Vector512.Widen(b[index]);
            (Vector512<double> a2, Vector512<double> a3) = Vector512.Widen(a[index + 1]);
            (Vector512<double> b2, Vector512<double> b3) = Vector512.Widen(b[index + 1]);
            (sum0, sum1, sum2, sum3) = (sum0 + a0 * b0, sum1 + a1 * b1, sum2 + a2 * b2, sum3 + a3 * b3);
        }
        (sums[0], sums[1], sums[2], sums[3]) = (sum0, sum1, sum2, sum3);
    }

    private static void AddVectors(ReadOnlySpan<Vector512<double>> a, ReadOnlySpan<Vector512<double>> b, Span<Vector512<double>> sums)
    {
        Vector512<double> sum0 = Vector512<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int index = 0; index < a.Length; index += 4)
        {
            (sum0, sum1) = (sum0 + a[index] * b[index], sum1 + a[index + 1] * b[index + 1]);
            (sum2, sum3) = (sum2 + a[index + 2] * b[index + 2], sum3 + a[index + 3] * b[index + 3]);
        }
        (sums[0], sums[1], sums[2], sums[3]) = (sum0, sum1, sum2, sum3);
    }

    private static double AddHalves(Span<double> sums)
    {
        for (int half = Sums / 2; half > 0; half /= 2)
        {
            for (int index = 0; index < half; index++) sums[index] += sums[index + half];
        }
        return sums[0];
    }
}
