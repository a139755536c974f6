namespace Fovea.Images;

/// <summary>A rectangle of a picture, seen without copying; pixels outside do not exist for who reads it.</summary>
internal readonly ref struct PixelWindow
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <param name="bytes">From the first pixel to the last, and <see cref="RgbImage.Slack"/> bytes more.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    public PixelWindow(ReadOnlySpan<byte> bytes, ImageSize size, int stride)
    {
        _bytes = bytes[..checked((size.Height - 1) * stride + RgbImage.PixelBytes * size.Width + RgbImage.Slack)];
        Size = size;
        Stride = stride;
    }

    public ImageSize Size { get; }

    public int Stride { get; }

    /// <summary>From the first pixel to the last, and slack behind it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>[width, 4], and slack behind it.</summary>
    public ReadOnlySpan<byte> Row(int row) => _bytes.Slice(row * Stride, RgbImage.PixelBytes * Size.Width + RgbImage.Slack);

    /// <summary>A rectangle inside this one.</summary>
    public PixelWindow Crop(int top, int left, ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Height, Size.Height - top, nameof(size));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Width, Size.Width - left, nameof(size));
        return new(_bytes[(top * Stride + RgbImage.PixelBytes * left)..], size, Stride);
    }

    /// <summary>Copies the pixels to a picture of the same size.</summary>
    public void CopyTo(RgbImage target)
    {
        for (int row = 0; row < Size.Height; row++) Row(row)[..(RgbImage.PixelBytes * Size.Width)].CopyTo(target.Row(row));
    }
}
