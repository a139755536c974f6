namespace Fovea.Checkpoints;

/// <summary>The 256 values of each 8-bit floating-point type.</summary>
/// <remarks>FN types have no infinities; FNUZ types neither infinities nor a negative zero, whose place their only NaN takes
/// (Micikevicius et al. 2022; Noune et al. 2022; E8M0 is the block scale of the OCP microscaling formats 1.0).</remarks>
internal static class Float8
{
    private static readonly float[] E4M3FN = Values(mantissaBits: 3, bias: 7, bits => (bits & 0x7F) == 0x7F);
    private static readonly float[] E4M3FNUZ = Values(mantissaBits: 3, bias: 8, bits => bits == 0x80);
    private static readonly float[] E5M2FNUZ = Values(mantissaBits: 2, bias: 16, bits => bits == 0x80);
    private static readonly float[] E5M2 = [.. Enumerable.Range(0, 256).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)))];
    private static readonly float[] E8M0 = [.. Enumerable.Range(0, 256).Select(bits => bits == 255 ? float.NaN : MathF.ScaleB(1, bits - 127))];

    /// <summary>The value of each bit pattern.</summary>
    public static float[] Table(ElementType type) => type switch
    {
        ElementType.Float8E4M3FN => E4M3FN,
        ElementType.Float8E4M3FNUZ => E4M3FNUZ,
        ElementType.Float8E5M2 => E5M2,
        ElementType.Float8E5M2FNUZ => E5M2FNUZ,
        ElementType.Float8E8M0FNU => E8M0,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no 8-bit floating-point type"),
    };

    private static float[] Values(int mantissaBits, int bias, Predicate<int> isNaN)
    {
        float[] values = new float[256];
        for (int bits = 0; bits < 256; bits++)
        {
            int exponent = (bits & 0x7F) >> mantissaBits;
            int mantissa = bits & ((1 << mantissaBits) - 1);
            float magnitude = exponent == 0
                ? MathF.ScaleB(mantissa, 1 - bias - mantissaBits)             // subnormal: no leading one
                : MathF.ScaleB((1 << mantissaBits) + mantissa, exponent - bias - mantissaBits);
            values[bits] = isNaN(bits) ? float.NaN : bits < 128 ? magnitude : -magnitude;
        }
        return values;
    }
}
