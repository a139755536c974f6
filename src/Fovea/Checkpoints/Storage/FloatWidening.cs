using System.Runtime.InteropServices;

namespace Fovea.Checkpoints;

/// <summary>Turns little-endian elements of any real type into float32, rounding to nearest where the type is wider.</summary>
internal static class FloatWidening
{
    /// <summary>Whether the type has float32 values: all but complex numbers and the packed types.</summary>
    public static bool Knows(ElementType type) =>
        type is not (ElementType.Complex64 or ElementType.Complex128 or ElementType.Float4E2M1 or ElementType.Float6E2M3 or ElementType.Float6E3M2);

    /// <summary>Converts as many elements as <paramref name="floats"/> holds.</summary>
    public static void Widen(ElementType type, ReadOnlySpan<byte> source, Span<float> floats)
    {
        switch (type)
        {
            case ElementType.Float32: source.CopyTo(MemoryMarshal.AsBytes(floats)); break;
            case ElementType.Float64: Convert<double>(source, floats, value => (float)value); break;
            case ElementType.Float16: Convert<Half>(source, floats, value => (float)value); break;
            case ElementType.BFloat16: Convert<ushort>(source, floats, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)); break;
            case ElementType.Bool or ElementType.UInt8: Convert<byte>(source, floats, value => value); break;
            case ElementType.Int8: Convert<sbyte>(source, floats, value => value); break;
            case ElementType.Int16: Convert<short>(source, floats, value => value); break;
            case ElementType.UInt16: Convert<ushort>(source, floats, value => value); break;
            case ElementType.Int32: Convert<int>(source, floats, value => value); break;
            case ElementType.UInt32: Convert<uint>(source, floats, value => value); break;
            case ElementType.Int64: Convert<long>(source, floats, value => value); break;
            case ElementType.UInt64: Convert<ulong>(source, floats, value => value); break;
            default:
                float[] table = Float8.Table(type);
                Convert<byte>(source, floats, bits => table[bits]);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<float> floats, Func<T, float> widen) where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < floats.Length; i++) floats[i] = widen(values[i]);
    }
}
