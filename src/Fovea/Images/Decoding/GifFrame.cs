using System.Buffers.Binary;

namespace Fovea.Images;

/// <summary>The first frame of a GIF as the reference shows it: transparent pixels keep the colour of their palette entry, which a codec throws away.</summary>
internal ref struct GifFrame
{
    private readonly string _name;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _palette;                                       // [colours, 3]; empty: the index is a grey value
    private byte _background;

    private GifFrame(ReadOnlySpan<byte> encoded, string name)
    {
        _rest = encoded;
        _name = name;
    }

    public static bool IsGif(ReadOnlySpan<byte> encoded) => encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8);

    /// <exception cref="ImageException">A damaged or cut file, or one beyond the limits.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeOptions options) => new GifFrame(encoded, name).Decode(options);

    private RgbImage Decode(DecodeOptions options)
    {
        ReadOnlySpan<byte> screen = Take(13);
        (int width, int height) = (UInt16(screen[6..]), UInt16(screen[8..]));
        TakePalette(screen[10]);
        SkipToFrame();
        ReadOnlySpan<byte> frame = Take(9);
        (int left, int top, int frameWidth, int frameHeight) = (UInt16(frame), UInt16(frame[2..]), UInt16(frame[4..]), UInt16(frame[6..]));
        TakePalette(frame[8]);
        // A frame that reaches beyond the screen makes it larger, as in the reference.
        ImageSize size = new(Math.Max(height, top + frameHeight), Math.Max(width, left + frameWidth));
        if (frameWidth == 0 || frameHeight == 0) throw ImageThrow.Damaged(_name, $"its first GIF frame has {frameHeight} rows of {frameWidth} pixels");
        options.Check(size, _name);
        byte[] indices = Inflate(checked(frameWidth * frameHeight));
        RgbImage image = new(size);
        Paint(image, indices, top, left, new ImageSize(frameHeight, frameWidth), isInterlaced: (frame[8] & 0x40) != 0);
        return image;
    }

    /// <summary>Reads blocks up to the first frame; the transparent index is what lies around it.</summary>
    private void SkipToFrame()
    {
        while (Take(1)[0] is byte block && block != ',')
        {
            if (block != '!') throw block == ';' ? ImageThrow.NotAPicture(_name) : ImageThrow.Damaged(_name, $"it has an unknown GIF block {block:x2}");
            bool isControl = Take(1)[0] == 0xF9;
            while (Take(Take(1)[0]) is { IsEmpty: false } content)
            {
                if (isControl && content.Length >= 4 && (content[0] & 1) != 0) _background = content[3];
            }
        }
    }

    private byte[] Inflate(int count)
    {
        int sampleBits = Take(1)[0];
        if (sampleBits is < 1 or > 8) throw ImageThrow.Damaged(_name, $"its GIF samples have {sampleBits} bits");
        using MemoryStream packed = new();
        while (Take(Take(1)[0]) is { IsEmpty: false } content) packed.Write(content);
        byte[] indices = new byte[count];
        if (GifLzw.Decode(packed.GetBuffer().AsSpan(0, (int)packed.Length), sampleBits, indices) < count) throw ImageThrow.CutOff(_name);
        return indices;
    }

    private readonly void Paint(RgbImage image, byte[] indices, int top, int left, ImageSize frame, bool isInterlaced)
    {
        Span<byte> colors = stackalloc byte[256 * RgbImage.PixelBytes];
        for (int index = 0; index < 256; index++)
        {
            Span<byte> color = colors.Slice(RgbImage.PixelBytes * index, 3);
            if (_palette.IsEmpty) color.Fill((byte)index);
            else if (3 * index < _palette.Length) _palette.Slice(3 * index, 3).CopyTo(color);
            else color.Clear();                                                // beyond the palette is black
        }
        if (frame != image.Size) Fill(image, colors.Slice(RgbImage.PixelBytes * _background, RgbImage.PixelBytes));
        for (int row = 0; row < frame.Height; row++)
        {
            Span<byte> pixels = image.Row(top + (isInterlaced ? InterlacedRow(row, frame.Height) : row))[(RgbImage.PixelBytes * left)..];
            for (int column = 0; column < frame.Width; column++)
            {
                colors.Slice(RgbImage.PixelBytes * indices[row * frame.Width + column], RgbImage.PixelBytes).CopyTo(pixels[(RgbImage.PixelBytes * column)..]);
            }
        }
    }

    private static void Fill(RgbImage image, ReadOnlySpan<byte> color)
    {
        for (Span<byte> pixels = image.Pixels; !pixels.IsEmpty; pixels = pixels[RgbImage.PixelBytes..]) color.CopyTo(pixels);
    }

    /// <summary>Where the nth stored row belongs: every eighth from 0, from 4, every fourth from 2, every second from 1.</summary>
    private static int InterlacedRow(int stored, int height)
    {
        foreach ((int first, int step) in (ReadOnlySpan<(int, int)>)[(0, 8), (4, 8), (2, 4)])
        {
            int rows = Math.Max(0, (height - first + step - 1) / step);
            if (stored < rows) return first + stored * step;
            stored -= rows;
        }
        return 1 + 2 * stored;
    }

    private void TakePalette(byte flags)
    {
        if ((flags & 0x80) != 0) _palette = Take(3 << ((flags & 7) + 1));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw ImageThrow.CutOff(_name);
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
