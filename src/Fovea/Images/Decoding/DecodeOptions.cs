namespace Fovea.Images;

/// <summary>Limits and choices of decoding.</summary>
internal sealed record DecodeOptions
{
    public static DecodeOptions Default { get; } = new();

    /// <summary>Pictures with more pixels are refused from their header. Default 178,000,000, about where the reference refuses.</summary>
    public long MaxPixels { get; init; } = 178_000_000;

    /// <summary>Pictures with a longer side are refused: resampling weights need about 100 bytes for each pixel of a side. Default 262,144.</summary>
    public int MaxSide { get; init; } = 1 << 18;

    /// <summary>Whether the EXIF orientation is applied. Default false: the reference ignores it.</summary>
    public bool AppliesOrientation { get; init; }

    /// <exception cref="ImageException">The picture has more pixels than are allowed, or a longer side.</exception>
    public void Check(ImageSize size, string name)
    {
        if (Math.Max(size.Width, size.Height) > MaxSide) throw ImageThrow.TooLong(name, size, MaxSide);
        long most = Math.Min(MaxPixels, RgbImage.MostPixels);
        if ((long)size.Width * size.Height > most) throw ImageThrow.TooLarge(name, size, most);
    }
}
