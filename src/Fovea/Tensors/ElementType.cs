namespace Fovea;

/// <summary>The type of a tensor's elements, as checkpoints name it.</summary>
/// <remarks>The names of PyTorch's dtypes; all data is little-endian. Which container can hold which is said by its reader.</remarks>
public enum ElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,
    /// <summary>Signed, 8 bits.</summary>
    Int8,
    /// <summary>Signed, 16 bits.</summary>
    Int16,
    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,
    /// <summary>Signed, 32 bits.</summary>
    Int32,
    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,
    /// <summary>Signed, 64 bits.</summary>
    Int64,
    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,
    /// <summary>IEEE 754 binary16.</summary>
    Float16,
    /// <summary>The upper half of an IEEE 754 binary32.</summary>
    BFloat16,
    /// <summary>IEEE 754 binary32.</summary>
    Float32,
    /// <summary>IEEE 754 binary64.</summary>
    Float64,
    /// <summary>Two binary32: real, imaginary.</summary>
    Complex64,
    /// <summary>Two binary64: real, imaginary.</summary>
    Complex128,
    /// <summary>8 bits, 4 of them exponent, no infinities.</summary>
    Float8E4M3FN,
    /// <summary>8 bits, 5 of them exponent.</summary>
    Float8E5M2,
    /// <summary>8 bits, 4 of them exponent, one NaN, no negative zero.</summary>
    Float8E4M3FNUZ,
    /// <summary>8 bits, 5 of them exponent, one NaN, no negative zero.</summary>
    Float8E5M2FNUZ,
    /// <summary>8 bits, all exponent: a power of two.</summary>
    Float8E8M0FNU,
    /// <summary>4 bits, two elements a byte; given as raw bytes only.</summary>
    Float4E2M1,
    /// <summary>6 bits, 2 of them exponent, four elements in three bytes; given as raw bytes only.</summary>
    Float6E2M3,
    /// <summary>6 bits, 3 of them exponent, four elements in three bytes; given as raw bytes only.</summary>
    Float6E3M2,
}
