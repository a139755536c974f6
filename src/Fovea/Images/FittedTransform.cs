namespace Fovea.Images;

/// <summary>Pixels to the input of a detection or segmentation network of ours: resized to fit with its aspect ratio, in the left upper corner, filled up with the mean colour.</summary>
internal sealed class FittedTransform
{
    private readonly PixelNormaliser _normaliser;

    /// <param name="size">The network's input.</param>
    /// <param name="channels">Three channels.</param>
    public FittedTransform(ImageSize size, ChannelStatistics channels)
    {
        Size = size;
        _normaliser = new PixelNormaliser(channels);
    }

    /// <summary>Rows and columns of the network's input, filling included.</summary>
    public ImageSize Size { get; }

    /// <summary>The size that a picture gets: one of its sides is that of the input, the other at most.</summary>
    public ImageSize FittedSize(ImageSize picture) => (long)Size.Width * picture.Height <= (long)Size.Height * picture.Width
        ? new(Math.Max(1, (int)Math.Round((double)picture.Height * Size.Width / picture.Width)), Size.Width)
        : new(Size.Height, Math.Max(1, (int)Math.Round((double)picture.Width * Size.Height / picture.Height)));

    /// <summary>All of it.</summary>
    /// <param name="pixels">A decoded picture.</param>
    /// <param name="planes">[channels, height, width]; filled.</param>
    /// <returns>The part of the input that is the picture.</returns>
    public ImageSize Apply(PixelWindow pixels, Span<float> planes)
    {
        using RgbImage fitted = new(FittedSize(pixels.Size));
        Resampler.Resize(pixels, fitted, ResampleFilter.TensorBilinear);
        Normalise(fitted.Window, planes);
        return fitted.Size;
    }

    /// <summary>The last step alone.</summary>
    /// <param name="fitted">Pixels of at most the input's size.</param>
    /// <param name="planes">[channels, height, width]; filled.</param>
    public void Normalise(PixelWindow fitted, Span<float> planes) => _normaliser.Normalise(fitted, planes, Size);
}
