using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Kernels;

/// <summary>Rows whose length is a multiple of sixteen.</summary>
internal static unsafe class Rows
{
    /// <summary>Numbers in a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Copies a row into the scratch, each number times <paramref name="factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<T, TLanes>(T* source, float* destination, int count, float factor = 1)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        Vector512<float> factors = Vector512.Create(factor);
        for (int index = 0; index < count; index += Lanes) (TLanes.Load(source + index) * factors).Store(destination + index);
    }

    /// <summary>Writes a row, each number times <paramref name="factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLanes>(float* source, T* destination, int count, float factor)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        Vector512<float> factors = Vector512.Create(factor);
        for (int index = 0; index < count; index += Lanes) TLanes.Store(Vector512.Load(source + index) * factors, destination + index);
    }

    /// <summary>The largest lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector512<float> values)
    {
        Vector256<float> eight = Vector256.Max(values.GetLower(), values.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
