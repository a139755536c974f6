using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Inference;

/// <summary>What the runtime's choice of kernels, and with it the layout of prepacked weights, can depend on.</summary>
internal static class ProcessorFeatures
{
    /// <summary>Equal on processors that take the same weights; machines of one family may differ when their caches are shared.</summary>
    public static string Text { get; } = X86Base.IsSupported ? OfX86() : OfOthers();

    // CPUID: family and model (leaf 1, EAX) and features (leaf 1, ECX and EDX; leaf 7). EBX of leaf 1 names the core that is asked: left out.
    private static string OfX86()
    {
        (int model, _, int features1, int features2) = X86Base.CpuId(1, 0);
        (_, int extended1, int extended2, int extended3) = X86Base.CpuId(7, 0);
        (int extended4, _, _, int extended5) = X86Base.CpuId(7, 1);
        int[] words = [model, features1, features2, extended1, extended2, extended3, extended4, extended5];
        return string.Join(' ', words.Select(word => word.ToString("x8", CultureInfo.InvariantCulture)));
    }

    private static string OfOthers() =>
        $"{RuntimeInformation.ProcessArchitecture} {AdvSimd.Arm64.IsSupported} {Dp.IsSupported} {Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")}";
}
