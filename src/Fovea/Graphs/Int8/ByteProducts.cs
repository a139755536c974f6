using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Graphs;

/// <summary>How this processor multiplies activations, bytes from 0 to 255, by weights, bytes with a sign.</summary>
internal static class ByteProducts
{
    /// <summary>
    /// The largest weight with which every sum is exact. Where one instruction multiplies and adds into 32 bits, all bytes are. Elsewhere the
    /// runtime adds two products in 16 bits, which saturate without a word: 2 * 255 * 64 still fits, and 127 takes the cosine of a whole
    /// network to float32 from 0.9997 down to 0.93.
    /// </summary>
    public static int LargestWeight { get; } = SumIn32Bits ? 127 : PortableLargestWeight;

    /// <summary>The largest weight that is exact on every processor: for files that travel.</summary>
    public const int PortableLargestWeight = 64;

    // The runtime's own tests: AVX-VNNI, or AVX-512 with its VNNI, which .NET does not name: CPUID leaf 7, ECX bit 11.
    private static bool SumIn32Bits => Dp.IsSupported || AvxVnni.IsSupported || (Avx512DQ.VL.IsSupported && Avx512BW.IsSupported && (X86Base.CpuId(7, 0).Ecx & 1 << 11) != 0);
}
