using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Training.Kernels;

/// <summary>Rows of a tensor to columns of a float32 matrix in the cache.</summary>
internal static unsafe class Transpose
{
    // Which lane of two vectors goes where, when the off-diagonal quarters of squares of twice a distance change places.
    private static readonly Vector512<int> Low8 = Lower(8), High8 = Upper(8), Low4 = Lower(4), High4 = Upper(4), Low2 = Lower(2), High2 = Upper(2), Low1 = Lower(1), High1 = Upper(1);

    /// <summary>[rows, count] to [count, padded rows]; padded rows are 0.</summary>
    /// <param name="source">Rows, <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Numbers from row to row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="count">Numbers of a row: a multiple of 16.</param>
    /// <param name="destination">Columns, <paramref name="paddedRows"/> apart.</param>
    /// <param name="paddedRows">A multiple of 16.</param>
    public static void Load<T, TLanes>(T* source, nint sourceStride, int rows, int count, float* destination, int paddedRows)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        float* block = stackalloc float[Rows.Lanes * Rows.Lanes];
        for (int row = 0; row < paddedRows; row += Rows.Lanes)
        {
            for (int number = 0; number < count; number += Rows.Lanes)
            {
                for (int line = 0; line < Rows.Lanes; line++)
                {
                    (row + line < rows ? TLanes.Load(source + (row + line) * sourceStride + number) : Vector512<float>.Zero).Store(block + line * Rows.Lanes);
                }
                Square(block, destination + (nint)number * paddedRows + row, paddedRows);
            }
        }
    }

    // 16 x 16 in four rounds of exchanges, two rounds at a time.
    private static void Square(float* block, float* destination, nint stride)
    {
        for (int line = 0; line < 4; line++) Four(block + line * Rows.Lanes, 4 * Rows.Lanes, block + line * Rows.Lanes, 4 * Rows.Lanes, Low8, High8, Low4, High4);
        for (int line = 0; line < Rows.Lanes; line += 4) Four(block + line * Rows.Lanes, Rows.Lanes, destination + line * stride, stride, Low2, High2, Low1, High1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* source, nint sourceStride, float* destination, nint stride, Vector512<int> farLow, Vector512<int> farHigh, Vector512<int> nearLow, Vector512<int> nearHigh)
    {
        Vector512<float> a = Vector512.Load(source), b = Vector512.Load(source + sourceStride), c = Vector512.Load(source + 2 * sourceStride), d = Vector512.Load(source + 3 * sourceStride);
        Exchange(ref a, ref c, farLow, farHigh);
        Exchange(ref b, ref d, farLow, farHigh);
        Exchange(ref a, ref b, nearLow, nearHigh);
        Exchange(ref c, ref d, nearLow, nearHigh);
        a.Store(destination);
        b.Store(destination + stride);
        c.Store(destination + 2 * stride);
        d.Store(destination + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref Vector512<float> low, ref Vector512<float> high, Vector512<int> lower, Vector512<int> upper)
    {
        Vector512<float> first = low;
        low = Avx512F.PermuteVar16x32x2(first, lower, high);
        high = Avx512F.PermuteVar16x32x2(first, upper, high);
    }

    private static Vector512<int> Lower(int distance) => Lanes(lane => (lane & distance) == 0 ? lane : Rows.Lanes + lane - distance);

    private static Vector512<int> Upper(int distance) => Lanes(lane => (lane & distance) == 0 ? lane + distance : Rows.Lanes + lane);

    private static Vector512<int> Lanes(Func<int, int> of) => Vector512.Create([.. Enumerable.Range(0, Rows.Lanes).Select(of)]);
}
