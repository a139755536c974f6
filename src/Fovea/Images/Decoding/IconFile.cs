using System.Buffers.Binary;
using System.Numerics;

namespace Fovea.Images;

/// <summary>Windows icons and cursors: the largest picture in one, as a PNG or BMP file of its own. Its transparency mask is left behind, as alpha is.</summary>
internal static class IconFile
{
    private const int DirectoryBytes = 6, EntryBytes = 16, BmpHeaderBytes = 14;

    private readonly record struct Entry(int Pixels, int Depth, int Offset);

    public static bool IsIcon(ReadOnlySpan<byte> encoded) => encoded.StartsWith<byte>([0, 0, 1, 0]) || encoded.StartsWith<byte>([0, 0, 2, 0]);

    /// <exception cref="ImageException">There is no picture in it, or it lies outside the file.</exception>
    public static ReadOnlySpan<byte> Largest(ReadOnlySpan<byte> encoded, string name)
    {
        if (encoded.Length < DirectoryBytes) throw ImageThrow.CutOff(name);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(encoded[4..]);
        if (count == 0) throw ImageThrow.NotAPicture(name);
        if (encoded.Length < DirectoryBytes + count * EntryBytes) throw ImageThrow.CutOff(name);
        bool isCursor = encoded[2] == 2;
        Entry best = default;
        for (int index = 0; index < count; index++)
        {
            Entry entry = Parse(encoded.Slice(DirectoryBytes + index * EntryBytes, EntryBytes), isCursor);
            if ((entry.Pixels, entry.Depth).CompareTo((best.Pixels, best.Depth)) >= 0) best = entry;   // of equal ones the last, as in the reference
        }
        // The stored length is often wrong in files that show well elsewhere; what is missing shows when the content is decoded.
        if (best.Offset < 0 || best.Offset >= encoded.Length) throw ImageThrow.CutOff(name);
        ReadOnlySpan<byte> content = encoded[best.Offset..];
        return content.StartsWith(PngHeader.Signature) ? content : ToBmp(content, name);
    }

    private static Entry Parse(ReadOnlySpan<byte> entry, bool isCursor)
    {
        (int width, int height) = (entry[0] == 0 ? 256 : entry[0], entry[1] == 0 ? 256 : entry[1]);
        int depth = isCursor ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);   // a cursor has its hot spot there
        if (depth == 0) depth = entry[2] == 0 ? 8 : BitOperations.Log2((uint)entry[2] - 1) + 1;
        return new(width * height, depth, BinaryPrimitives.ReadInt32LittleEndian(entry[12..]));
    }

    /// <summary>Puts a file header before a bitmap and takes the mask's rows off its height.</summary>
    private static byte[] ToBmp(ReadOnlySpan<byte> bitmap, string name)
    {
        if (bitmap.Length < 40) throw ImageThrow.CutOff(name);
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(bitmap);
        int height = BinaryPrimitives.ReadInt32LittleEndian(bitmap[8..]);
        int depth = BinaryPrimitives.ReadUInt16LittleEndian(bitmap[14..]);
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(bitmap[16..]);
        uint colors = BinaryPrimitives.ReadUInt32LittleEndian(bitmap[32..]);
        if (headerBytes is < 40 or > 124 || height == int.MinValue || colors > 256) throw ImageThrow.Damaged(name, "the header of its bitmap is damaged");
        if (colors == 0 && depth <= 8) colors = 1u << depth;
        uint masks = headerBytes == 40 && compression == 3 ? 12u : 0;          // three masks of colour bits follow the short header

        byte[] bmp = new byte[BmpHeaderBytes + bitmap.Length];
        "BM"u8.CopyTo(bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), bmp.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bmp.AsSpan(10), BmpHeaderBytes + headerBytes + masks + 4 * colors);
        bitmap.CopyTo(bmp.AsSpan(BmpHeaderBytes));
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(BmpHeaderBytes + 8), height / 2);
        return bmp;
    }
}
