namespace Fovea.Checkpoints;

/// <summary>What a file that is no checkpoint seems to be, so that a hurried person sees the mistake at once.</summary>
internal static class FileKinds
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int Longest = 512;

    private const int TarMagicOffset = 257;
    private const int ShortestSafetensors = 9;

    /// <summary>Whether the bytes begin like an ONNX file: the field of its version, and a version that there is or soon may be.</summary>
    public static bool IsOnnx(ReadOnlySpan<byte> start) => start.Length >= 2 && start[0] == 0x08 && start[1] is >= 1 and <= 32 && !LooksLikeSafetensors(start);

    /// <summary>A name with its article, or null when the bytes may be safetensors.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (LooksLikeSafetensors(start)) return null;
        if (start[0] == 0x80) return "a bare pickle, which could run any code";
        if (start.StartsWith("version https://git-lfs"u8)) return "a git-LFS pointer (run `git lfs pull`)";
        if (start.StartsWith("<"u8)) return "a web page or XML, perhaps saved in place of the download";
        if (start.StartsWith([(byte)0x1F, (byte)0x8B])) return "a gzip file (unpack it first)";
        if (start.Length > TarMagicOffset + 5 && start[TarMagicOffset..].StartsWith("ustar"u8)) return "a tar archive";
        if (start.StartsWith([(byte)0x93, .. "NUMPY"u8])) return "a NumPy array";
        if (start.StartsWith([(byte)0x89, .. "PNG"u8]) || start.StartsWith([(byte)0xFF, (byte)0xD8, (byte)0xFF])) return "a picture";
        if (start.StartsWith([(byte)0x89, .. "HDF"u8])) return "an HDF5 file";
        if (start.StartsWith("PYTORCH1"u8)) return "a file of a PyTorch fork";
        if (start.StartsWith("GGUF"u8)) return "a GGUF file";
        return start.Length < ShortestSafetensors ? null : "of no format that is known";
    }

    // The length of a header may begin like anything, so this comes first: a length below 2^40, then an object.
    private static bool LooksLikeSafetensors(ReadOnlySpan<byte> start) =>
        start.Length >= ShortestSafetensors && start[8] == (byte)'{' && !start[5..8].ContainsAnyExcept((byte)0);
}
