namespace Fovea.Tensors;

/// <summary>Sizes and names of <see cref="ElementType"/>: one row per type, so that readers, writers and messages agree.</summary>
internal static class ElementTypes
{
    private static readonly (ElementType Type, int Bits, string Name, string? Safetensors)[] Table =
    [
        (ElementType.Bool, 8, "bool", "BOOL"),
        (ElementType.UInt8, 8, "uint8", "U8"),
        (ElementType.Int8, 8, "int8", "I8"),
        (ElementType.Int16, 16, "int16", "I16"),
        (ElementType.UInt16, 16, "uint16", "U16"),
        (ElementType.Int32, 32, "int32", "I32"),
        (ElementType.UInt32, 32, "uint32", "U32"),
        (ElementType.Int64, 64, "int64", "I64"),
        (ElementType.UInt64, 64, "uint64", "U64"),
        (ElementType.Float16, 16, "float16", "F16"),
        (ElementType.BFloat16, 16, "bfloat16", "BF16"),
        (ElementType.Float32, 32, "float32", "F32"),
        (ElementType.Float64, 64, "float64", "F64"),
        (ElementType.Complex64, 64, "complex64", "C64"),
        (ElementType.Complex128, 128, "complex128", null),
        (ElementType.Float8E4M3FN, 8, "float8_e4m3fn", "F8_E4M3"),
        (ElementType.Float8E5M2, 8, "float8_e5m2", "F8_E5M2"),
        (ElementType.Float8E4M3FNUZ, 8, "float8_e4m3fnuz", "F8_E4M3FNUZ"),
        (ElementType.Float8E5M2FNUZ, 8, "float8_e5m2fnuz", "F8_E5M2FNUZ"),
        (ElementType.Float8E8M0FNU, 8, "float8_e8m0fnu", "F8_E8M0"),
        (ElementType.Float4E2M1, 4, "float4_e2m1", "F4"),
        (ElementType.Float6E2M3, 6, "float6_e2m3", "F6_E2M3"),
        (ElementType.Float6E3M2, 6, "float6_e3m2", "F6_E3M2"),
    ];

    /// <summary>Bits of one element: 8 and more, but 4 and 6 for the packed types.</summary>
    public static int Bits(this ElementType type) => Table[(int)type].Bits;

    /// <summary>The dtype name that PyTorch and `fovea info` use: `float32`, `bool`, ...</summary>
    public static string DtypeName(this ElementType type) => Table[(int)type].Name;

    /// <summary>The name in a safetensors header, or null for complex128, which that format lacks.</summary>
    public static string? SafetensorsName(this ElementType type) => Table[(int)type].Safetensors;

    public static ElementType? FromSafetensorsName(string name)
    {
        int index = Array.FindIndex(Table, row => row.Safetensors == name);
        return index < 0 ? null : Table[index].Type;
    }
}
