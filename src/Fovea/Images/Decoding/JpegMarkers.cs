namespace Fovea.Images;

/// <summary>What the markers of a JPEG tell before it is decoded: whether it is whole, and whether its passes are a trap.</summary>
/// <remarks>A codec fills what is missing of a progressive picture with what it has; the reference refuses such a file, and so does this.</remarks>
internal static class JpegMarkers
{
    // Encoders write about ten. Each costs a walk over all blocks of the picture, however few bytes it has.
    private const int MostScans = 100;

    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, FirstRestart = 0xD0, Temporary = 0x01, FirstKnown = 0xC0;

    public static bool IsJpeg(ReadOnlySpan<byte> encoded) => encoded.StartsWith<byte>([0xFF, StartOfImage, 0xFF]);

    /// <exception cref="ImageException">The picture has no end, an impossible marker, or too many scans.</exception>
    public static void Check(ReadOnlySpan<byte> encoded, string name)
    {
        int scans = 0;
        for (int position = 2; ;)
        {
            // Between segments and inside a scan alike, bytes up to the next 0xFF belong to no marker.
            int next = encoded[position..].IndexOf((byte)0xFF);
            if (next < 0) throw ImageThrow.CutOff(name);
            position += next;
            while (position < encoded.Length && encoded[position] == 0xFF) position++;
            if (position == encoded.Length) throw ImageThrow.CutOff(name);
            byte marker = encoded[position++];
            if (marker == EndOfImage) return;
            if (marker is 0 or Temporary or (>= FirstRestart and <= StartOfImage)) continue;
            if (marker < FirstKnown) throw ImageThrow.Damaged(name, $"it has the impossible JPEG marker {marker:x2}");
            if (marker == StartOfScan && ++scans > MostScans) throw ImageThrow.Damaged(name, $"it has more than {MostScans} JPEG scans");
            if (position + 2 > encoded.Length) throw ImageThrow.CutOff(name);
            position += (encoded[position] << 8) | encoded[position + 1];
            if (position > encoded.Length) throw ImageThrow.CutOff(name);
        }
    }
}
