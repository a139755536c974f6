using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Kernels;

/// <summary>
/// Products of small float32 matrices that stay in the cache. The 12 x 32 sums of a tile live in 24 of the 32 vector registers; each step of the depth
/// loads two vectors of B and broadcasts twelve numbers of A: 24 multiply-adds for 14 loads, which keeps both multipliers busy.
/// </summary>
internal static unsafe class TileProduct
{
    public const int Rows = 12, Columns = 32;

    /// <summary>The next multiple of <paramref name="unit"/>.</summary>
    public static int Pad(int count, int unit) => (count + unit - 1) / unit * unit;

    /// <summary>
    /// C = A B, summed over the depth in ascending order. Whole tiles are written: C has room for multiples of 12 rows and 32 columns, and A and B can be
    /// read as far; what lies there reaches only what lies there in C. Element (row, step) of A lies at `row * rowStride + step * stepStride`, so that A may
    /// be a transposed matrix; rows of B and C lie bStride and cStride apart.
    /// </summary>
    public static void Multiply(float* a, nint rowStride, nint stepStride, float* b, nint bStride, float* c, nint cStride, int rows, int columns, int depth)
    {
        for (int column = 0; column < columns; column += Columns)
        {
            for (int row = 0; row < rows; row += Rows) Tile(a + row * rowStride, rowStride, stepStride, b + column, bStride, c + row * cStride + column, cStride, depth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(float* a, nint rowStride, nint stepStride, float* b, nint bStride, float* c, nint cStride, int depth)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        Vector512<float> c80 = default, c81 = default, c90 = default, c91 = default, cA0 = default, cA1 = default, cB0 = default, cB1 = default;
        float* a3 = a + 3 * rowStride, a6 = a + 6 * rowStride, a9 = a + 9 * rowStride;
        for (int step = 0; step < depth; step++)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
            Add(a, ref c00, ref c01, b0, b1);
            Add(a + rowStride, ref c10, ref c11, b0, b1);
            Add(a + 2 * rowStride, ref c20, ref c21, b0, b1);
            Add(a3, ref c30, ref c31, b0, b1);
            Add(a3 + rowStride, ref c40, ref c41, b0, b1);
            Add(a3 + 2 * rowStride, ref c50, ref c51, b0, b1);
            Add(a6, ref c60, ref c61, b0, b1);
            Add(a6 + rowStride, ref c70, ref c71, b0, b1);
            Add(a6 + 2 * rowStride, ref c80, ref c81, b0, b1);
            Add(a9, ref c90, ref c91, b0, b1);
            Add(a9 + rowStride, ref cA0, ref cA1, b0, b1);
            Add(a9 + 2 * rowStride, ref cB0, ref cB1, b0, b1);
            b += bStride;
            a += stepStride;
            a3 += stepStride;
            a6 += stepStride;
            a9 += stepStride;
        }
        Store(c, c00, c01);
        Store(c += cStride, c10, c11);
        Store(c += cStride, c20, c21);
        Store(c += cStride, c30, c31);
        Store(c += cStride, c40, c41);
        Store(c += cStride, c50, c51);
        Store(c += cStride, c60, c61);
        Store(c += cStride, c70, c71);
        Store(c += cStride, c80, c81);
        Store(c += cStride, c90, c91);
        Store(c += cStride, cA0, cA1);
        Store(c + cStride, cB0, cB1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* a, ref Vector512<float> sum0, ref Vector512<float> sum1, Vector512<float> b0, Vector512<float> b1)
    {
        Vector512<float> factor = Vector512.Create(*a);
        sum0 = Vector512.FusedMultiplyAdd(factor, b0, sum0);
        sum1 = Vector512.FusedMultiplyAdd(factor, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> sum0, Vector512<float> sum1)
    {
        sum0.Store(c);
        sum1.Store(c + 16);
    }
}
