using System.Buffers.Binary;
using SkiaSharp;

namespace Fovea.Tests.Images;

/// <summary>One small picture, 24 columns and 16 rows, in each format that is read, and where its header keeps the size.</summary>
internal static class EncodedPictures
{
    public const int Width = 24, Height = 16;

    public static IReadOnlyList<string> Formats { get; } = ["jpeg", "png", "webp", "gif", "bmp", "ico"];

    /// <summary>Four quarters of one colour each: red, green, blue, grey.</summary>
    public static byte[] Make(string format) => format switch
    {
        "jpeg" => Encode(SKEncodedImageFormat.Jpeg),
        "png" => Encode(SKEncodedImageFormat.Png),
        "webp" => Encode(SKEncodedImageFormat.Webp),
        "gif" => Gif(),
        "bmp" => Bmp(),
        "ico" => Ico(Bmp()),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
    };

    /// <summary>The same file with another size in its header.</summary>
    public static byte[] WithSize(string format, ushort width, ushort height)
    {
        byte[] file = Make(format);
        Span<byte> bytes = file;
        switch (format)
        {
            case "jpeg":
                int frame = bytes.IndexOf<byte>([0xFF, 0xC0]);                 // baseline: length, precision, height, width
                BinaryPrimitives.WriteUInt16BigEndian(bytes[(frame + 5)..], height);
                BinaryPrimitives.WriteUInt16BigEndian(bytes[(frame + 7)..], width);
                break;
            case "png":
                BinaryPrimitives.WriteInt32BigEndian(bytes[16..], width);
                BinaryPrimitives.WriteInt32BigEndian(bytes[20..], height);
                PngWriter.Seal(bytes.Slice(12, 21));
                break;
            case "webp":
                int start = bytes.IndexOf<byte>([0x9D, 0x01, 0x2A]) + 3;       // VP8: start code, 14 bits each
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[start..], (ushort)(width & 0x3FFF));
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(start + 2)..], (ushort)(height & 0x3FFF));
                break;
            case "gif":
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(13 + 384 + 5)..], width);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(13 + 384 + 7)..], height);
                break;
            default:
                int header = format == "bmp" ? 14 : 22;
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(header + 4)..], width);
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(header + 8)..], format == "bmp" ? height : 2 * height);
                break;
        }
        return file;
    }

    /// <summary>A JPEG whose EXIF block says how it was held.</summary>
    public static byte[] JpegWithOrientation(byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,   // big-endian, one entry at 8
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        byte[] jpeg = Make("jpeg");
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    private static (byte Red, byte Green, byte Blue) Color(int row, int column) => (row < Height / 2, column < Width / 2) switch
    {
        (true, true) => (250, 10, 10),
        (true, false) => (10, 250, 10),
        (false, true) => (10, 10, 250),
        _ => (128, 128, 128),
    };

    private static byte[] Encode(SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = new(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                (byte red, byte green, byte blue) = Color(row, column);
                bitmap.SetPixel(column, row, new SKColor(red, green, blue));
            }
        }
        using SKData data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    // 24 bits a pixel, blue first, the lowest row first.
    private static byte[] Bmp()
    {
        byte[] file = new byte[54 + 3 * Width * Height];
        "BM"u8.CopyTo(file);
        foreach ((int offset, int value) in (ReadOnlySpan<(int, int)>)[(2, file.Length), (10, 54), (14, 40), (18, Width), (22, Height), (26, 1 | (24 << 16))])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        }
        for (int index = 0; index < Width * Height; index++)
        {
            (byte red, byte green, byte blue) = Color(Height - 1 - index / Width, index % Width);
            (file[54 + 3 * index], file[55 + 3 * index], file[56 + 3 * index]) = (blue, green, red);
        }
        return file;
    }

    // One bitmap, whose height counts the rows of a mask.
    private static byte[] Ico(byte[] bmp)
    {
        byte[] mask = new byte[4 * Height];
        byte[] bitmap = [.. bmp[14..], .. mask];
        BinaryPrimitives.WriteInt32LittleEndian(bitmap.AsSpan(8), 2 * Height);
        byte[] file = [0, 0, 1, 0, 1, 0, Width, Height, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 22, 0, 0, 0, .. bitmap];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), bitmap.Length);
        return file;
    }

    // Samples of 7 bits with a clear code before every hundred: all codes have 8 bits, so they are bytes.
    private static byte[] Gif()
    {
        byte[] palette = new byte[384];
        List<byte> codes = [];
        for (int index = 0; index < Width * Height; index++)
        {
            if (index % 100 == 0) codes.Add(128);
            int quarter = (index / Width < Height / 2 ? 0 : 2) + (index % Width < Width / 2 ? 0 : 1);
            (byte red, byte green, byte blue) = Color(index / Width, index % Width);
            (palette[3 * quarter], palette[3 * quarter + 1], palette[3 * quarter + 2]) = (red, green, blue);
            codes.Add((byte)quarter);
        }
        codes.Add(129);
        byte[][] blocks = [.. codes.Chunk(255).Select(block => (byte[])[(byte)block.Length, .. block])];
        return [.. "GIF89a"u8, Width, 0, Height, 0, 0xF6, 0, 0, .. palette, (byte)',', 0, 0, 0, 0, Width, 0, Height, 0, 0, 7, .. blocks.SelectMany(block => block), 0, (byte)';'];
    }
}
