using System.Buffers.Binary;

namespace Fovea.Images;

/// <summary>The first chunk of a PNG: size and how a sample is stored.</summary>
/// <param name="Size">Rows and columns, each 1 to 2^31 - 1.</param>
/// <param name="BitDepth">1, 2, 4, 8 or 16 bits a sample.</param>
/// <param name="Color">What the samples of a pixel are.</param>
/// <param name="IsInterlaced">Whether the pixels come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(ImageSize Size, int BitDepth, PngColor Color, bool IsInterlaced)
{
    private const int Length = 13;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Samples of one pixel: 1 to 4.</summary>
    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GreyAlpha => 2,
        PngColor.RgbAlpha => 4,
        _ => 1,
    };

    public int PixelBits => Channels * BitDepth;

    /// <summary>Bytes of a row of <paramref name="width"/> pixels, the last one filled up.</summary>
    public int RowBytes(int width) => checked((int)(((long)width * PixelBits + 7) / 8));

    /// <summary>Whether the file begins as a PNG with grey samples of 16 bits, which codecs scale and the reference clips.</summary>
    public static bool IsWideGrey(ReadOnlySpan<byte> encoded) =>
        encoded.StartsWith(Signature) && encoded.Length > 25 && encoded[24] == 16 && encoded[25] == (byte)PngColor.Grey;

    /// <exception cref="ImageException">No picture, or a form that PNG does not have.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length != Length) throw ImageThrow.Damaged(name, $"its PNG header has {chunk.Length} bytes instead of {Length}");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue) throw ImageThrow.Damaged(name, $"its PNG header says {height} rows of {width} pixels");
        (byte depth, byte color, byte compression, byte filter, byte interlace) = (chunk[8], chunk[9], chunk[10], chunk[11], chunk[12]);
        if (!IsAllowed((PngColor)color, depth) || compression != 0 || filter != 0 || interlace > 1)
        {
            throw ImageThrow.Damaged(name, $"its PNG header names a form that does not exist ({depth} bits, colour {color}, method {compression}/{filter}/{interlace})");
        }
        return new(new ImageSize((int)height, (int)width), depth, (PngColor)color, interlace == 1);
    }

    private static bool IsAllowed(PngColor color, byte depth) => color switch
    {
        PngColor.Grey => depth is 1 or 2 or 4 or 8 or 16,
        PngColor.Palette => depth is 1 or 2 or 4 or 8,
        PngColor.Rgb or PngColor.GreyAlpha or PngColor.RgbAlpha => depth is 8 or 16,
        _ => false,
    };
}
