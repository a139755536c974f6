namespace Fovea.Images;

/// <summary>Picture formats that are not read, told by their first bytes, so that a message can name them.</summary>
internal static class UnreadFormats
{
    /// <summary>The format with its article; null for all others.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8)) return "a TIFF picture";
        if (start.StartsWith("%PDF"u8)) return "a PDF";
        if (start.StartsWith("8BPS"u8)) return "a Photoshop picture";
        if (start.StartsWith("DDS "u8)) return "a DDS texture";
        if (start is [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..]) return "a PNM picture";
        if (start is [0x76, 0x2F, 0x31, 0x01, ..]) return "an OpenEXR picture";
        if (start is [0xFF, 0x0A, ..] || (start.Length > 8 && start[4..].StartsWith("JXL "u8))) return "a JPEG XL picture";
        if (start.Length > 8 && start[4..].StartsWith("jP  "u8)) return "a JPEG 2000 picture";
        if (start.Length > 12 && start[4..].StartsWith("ftyp"u8)) return start[8..].StartsWith("avi"u8) ? "an AVIF picture" : "a HEIF picture";
        return null;
    }
}
