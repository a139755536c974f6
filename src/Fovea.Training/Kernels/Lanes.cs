using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Kernels;

/// <summary>Sixteen numbers of a type in memory as float32 in a register, and back.</summary>
/// <typeparam name="T">How a number lies in memory.</typeparam>
internal unsafe interface ILanes<T>
    where T : unmanaged
{
    static abstract Vector512<float> Load(T* source);

    /// <summary>Rounded to the nearest, halves to even. Numbers are finite.</summary>
    static abstract void Store(Vector512<float> values, T* destination);
}

/// <summary>float32.</summary>
internal readonly unsafe struct FloatLanes : ILanes<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, float* destination) => values.Store(destination);
}

/// <summary>bfloat16: the upper half of a float32.</summary>
internal readonly unsafe struct BFloat16Lanes : ILanes<ushort>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ushort* source) => (Vector512.WidenLower(Vector256.Load(source).ToVector512Unsafe()) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ushort* destination)
    {
        Vector512<uint> bits = values.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
        Vector512.Narrow(rounded, rounded).GetLower().Store(destination);
    }
}
