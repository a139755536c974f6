using System.Buffers.Binary;

namespace DrawImages.Encoding;

/// <summary>
/// The smallest EXIF segment that says how a JPEG's pixels are to be turned: APP1 with a TIFF directory of one entry
/// (Exif 2.32, sections 4.5.4 and 4.6.4; orientation is tag 0x0112, a SHORT).
/// </summary>
internal static class ExifOrientation
{
    /// <summary>To be shown after a quarter turn with the clock.</summary>
    public const ushort TurnRight = 6;

    private const int StartOfImage = 2;

    /// <summary>The same JPEG with the segment in front of all others.</summary>
    public static byte[] Add(byte[] jpeg, ushort orientation) => [.. jpeg[..StartOfImage], .. Segment(orientation), .. jpeg[StartOfImage..]];

    private static byte[] Segment(ushort orientation)
    {
        byte[] tiff = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(18), orientation);
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));      // the length counts itself, not the marker
        return segment;
    }
}
