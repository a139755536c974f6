using System.Runtime.Intrinsics.X86;

namespace Fovea.Images;

/// <summary>How the passes are computed. All give the same bytes; the choice is for tests and measurements.</summary>
internal enum ResamplePath
{
    Scalar,
    Avx2,
    Avx512,
}

/// <summary>What this processor has.</summary>
internal static class ResamplePaths
{
    /// <summary>The fastest one.</summary>
    public static ResamplePath Best { get; } = Avx512BW.IsSupported ? ResamplePath.Avx512 : Avx2.IsSupported ? ResamplePath.Avx2 : ResamplePath.Scalar;

    /// <summary>All up to the fastest.</summary>
    public static IEnumerable<ResamplePath> Available => Enum.GetValues<ResamplePath>().Where(path => path <= Best);
}
