using System.Buffers;

namespace Fovea.Images;

/// <summary>An 8-bit picture: red, green, blue and a filler byte that means nothing, row by row. Four bytes are what codecs give and vectors like.</summary>
/// <remarks>The owner disposes it, which gives the buffer back for the next picture; a forgotten one only costs garbage.</remarks>
internal sealed class RgbImage : IDisposable
{
    public const int PixelBytes = 4;

    /// <summary>Bytes behind the last pixel that may be read: a vector of four pixels never leaves the buffer.</summary>
    public const int Slack = 3 * PixelBytes;

    /// <summary>The most pixels that one buffer holds.</summary>
    public const int MostPixels = (int.MaxValue - Slack) / PixelBytes;

    // A pool rounds up to a power of two and keeps what it gets: right for photographs, wrong for a scan of 178 megapixels.
    private const int MostPooled = 1 << 24;

    private byte[]? _pixels;

    /// <summary>A picture of unknown content.</summary>
    public RgbImage(ImageSize size)
    {
        Size = size;
        int length = checked(PixelBytes * size.Width * size.Height + Slack);
        _pixels = length <= MostPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
    }

    public ImageSize Size { get; }

    /// <summary>[height, width, 4].</summary>
    public Span<byte> Pixels => Buffer.AsSpan(0, PixelBytes * Size.Width * Size.Height);

    /// <summary>The whole picture, to read from.</summary>
    public PixelWindow Window => new(Buffer.AsSpan(0, PixelBytes * Size.Width * Size.Height + Slack), Size, PixelBytes * Size.Width);

    private byte[] Buffer => _pixels ?? throw new ObjectDisposedException(nameof(RgbImage));

    /// <summary>[width, 4].</summary>
    public Span<byte> Row(int row) => Pixels.Slice(PixelBytes * Size.Width * row, PixelBytes * Size.Width);

    /// <summary>Puts the grey value of each pixel into all its channels; weights of ITU-R BT.601 in 16 bits, as the reference rounds them.</summary>
    public void ToGrey()
    {
        Span<byte> pixels = Pixels;
        for (int index = 0; index < pixels.Length; index += PixelBytes)
        {
            int grey = (19595 * pixels[index] + 38470 * pixels[index + 1] + 7471 * pixels[index + 2] + (1 << 15)) >> 16;
            pixels.Slice(index, PixelBytes).Fill((byte)grey);
        }
    }

    /// <summary>The picture in the middle of a larger black one; an odd pixel goes below and to the right.</summary>
    public RgbImage CentredOnBlack(ImageSize size)
    {
        RgbImage padded = new(size);
        padded.Pixels.Clear();
        (int top, int left) = ((size.Height - Size.Height) / 2, (size.Width - Size.Width) / 2);
        for (int row = 0; row < Size.Height; row++) Row(row).CopyTo(padded.Row(top + row)[(PixelBytes * left)..]);
        return padded;
    }

    public void Dispose()
    {
        if (_pixels is { Length: <= MostPooled }) ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = null;
    }
}
