namespace Fovea.Images;

/// <summary>Pixels to the input of a detection network, as the reference does it: libtorch's resize of 8-bit tensors, no crop, no padding, then normalised.</summary>
internal sealed class DetectionTransform
{
    private readonly PixelNormaliser _normaliser;

    /// <param name="size">The network's input.</param>
    /// <param name="channels">Three channels.</param>
    public DetectionTransform(ImageSize size, ChannelStatistics channels)
    {
        Size = size;
        _normaliser = new PixelNormaliser(channels);
    }

    public ImageSize Size { get; }

    /// <summary>Whether the aspect ratio is kept: the shorter side becomes the shorter side of <see cref="Size"/>. Implied by <see cref="LongestSide"/>.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>The longer side is at most this; above the shorter side of <see cref="Size"/>.</summary>
    public int? LongestSide { get; init; }

    /// <summary>Whether pixels are normalised as they are.</summary>
    public bool KeepsSize { get; init; }

    /// <summary>The size that a picture gets.</summary>
    /// <exception cref="ArgumentException">The longest side is not above the shorter side wanted.</exception>
    public ImageSize ResizedSize(ImageSize original)
    {
        if (KeepsSize) return original;
        if (!IsDynamic && LongestSide is null) return Size;
        int shorter = Math.Min(Size.Height, Size.Width);
        ImageSize resized = original.WithShorterSide(shorter);
        if (LongestSide is not { } longest) return resized;
        if (longest <= shorter) throw new ArgumentException($"the longest side {longest} must be above the shorter side {shorter} of the network's input {Size}.");
        int longer = Math.Max(resized.Height, resized.Width);
        if (longer <= longest) return resized;
        int cut = Math.Max(1, (int)((double)((long)longest * shorter) / longer));   // the reference gives 0 for a line, and fails
        return original.Width <= original.Height ? new(longest, cut) : new(cut, longest);
    }

    public RgbImage Resize(PixelWindow pixels)
    {
        RgbImage resized = new(ResizedSize(pixels.Size));
        Resampler.Resize(pixels, resized, ResampleFilter.TensorBicubic);
        return resized;
    }

    /// <param name="pixels">Resized pixels.</param>
    /// <param name="planes">[3, height, width].</param>
    public void Normalise(PixelWindow pixels, Span<float> planes) => _normaliser.Normalise(pixels, planes);
}
