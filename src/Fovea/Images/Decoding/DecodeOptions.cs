namespace Fovea.Images;

/// <summary>Limits and choices of decoding.</summary>
internal sealed record DecodeOptions
{
    public static DecodeOptions Default { get; } = new();

    /// <summary>Pictures with more pixels are refused from their header. Default 178,000,000, about where the reference refuses.</summary>
    public long MaxPixels { get; init; } = 178_000_000;

    /// <summary>Whether the EXIF orientation is applied. Default false: the reference ignores it.</summary>
    public bool AppliesOrientation { get; init; }

    /// <exception cref="ImageException">The picture has more pixels than are allowed.</exception>
    public void Check(ImageSize size, string name)
    {
        if ((long)size.Width * size.Height > MaxPixels) throw ImageThrow.TooLarge(name, size, MaxPixels);
    }
}
