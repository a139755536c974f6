using Fovea.Images;

namespace Fovea;

/// <summary>Picture files to network inputs, as the reference's inference preset does it: decode, resize by Pillow's bicubic, centre crop, normalise.</summary>
/// <remarks>
/// 8-bit pixels equal the reference's bit for bit, floats too; docs/pictures.md lists what differs. EXIF orientation is not applied, as in the
/// reference, unless the transform is that of an encoder whose options ask for it. Immutable; safe to use from many threads.
/// </remarks>
public sealed class ImageTransform
{
    private readonly PixelNormaliser _normaliser;

    /// <summary>A transform to one size, normalised with the numbers that the network was trained with.</summary>
    /// <param name="size">The network's input.</param>
    /// <param name="channels">Three channels for colour, one for a network of grey pictures.</param>
    /// <exception cref="ArgumentException">A side below 1, more than 536,870,908 pixels, or statistics of neither one nor three channels.</exception>
    public ImageTransform(ImageSize size, ChannelStatistics channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (size.Height < 1 || size.Width < 1) throw new ArgumentException($"a picture of {size} pixels does not exist; each side must be at least 1.", nameof(size));
        if ((long)size.Height * size.Width > RgbImage.MostPixels) throw new ArgumentException($"a picture of {size} pixels is larger than memory can hold; {RgbImage.MostPixels} pixels are the most.", nameof(size));
        if (!channels.FitPictures) throw new ArgumentException($"statistics of {channels.Channels} channels fit no picture; colour has 3, grey has 1.", nameof(channels));
        Size = size;
        Channels = channels;
        _normaliser = new PixelNormaliser(channels);
    }

    /// <summary>Rows and columns of what comes out.</summary>
    public ImageSize Size { get; }

    /// <summary>Mean and deviation of each channel; their number is that of the planes that come out.</summary>
    public ChannelStatistics Channels { get; }

    /// <summary>The share of each side that the centre crop keeps: above 0, at most 1. Default 1: the whole picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public double CenterCrop
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "the share that a centre crop keeps must be above 0 and at most 1.");
    } = 1;

    /// <summary>
    /// Whether the shorter side is resized to the shorter side of <see cref="Size"/> and the rest is cropped (the reference's `simple_crop`).
    /// Default false: the picture is stretched.
    /// </summary>
    public bool KeepsAspectRatio { get; init; }

    internal DecodeOptions Decoding { get; init; } = DecodeOptions.Default;

    internal int Length => Channels.Channels * Size.Height * Size.Width;

    /// <summary>Reads a picture file: JPEG, PNG, WebP, GIF, BMP or ICO, by its content whatever its name ends in.</summary>
    /// <returns>[1, channels, height, width].</returns>
    /// <exception cref="ImageException">No such file, no picture, a damaged or cut one, or one of more than 178 million pixels.</exception>
    public ImageTensor Apply(string path) => Apply(EncodedImage.OfFile(path, path).Read().Span, path);

    /// <summary>Reads a picture from a stream, to its end; the stream is not closed.</summary>
    /// <returns>[1, channels, height, width].</returns>
    /// <exception cref="ImageException">As for a file; the message says `picture` for its name.</exception>
    public ImageTensor Apply(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Apply(EncodedImage.OfStream(stream, "picture").Read().Span, "picture");
    }

    /// <summary>Takes the bytes of a whole picture file.</summary>
    /// <param name="encoded">The file's content.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <returns>[1, channels, height, width].</returns>
    /// <exception cref="ImageException">No picture, a damaged or cut one, or one of more than 178 million pixels.</exception>
    public ImageTensor Apply(ReadOnlySpan<byte> encoded, string name)
    {
        float[] values = new float[Length];
        using RgbImage image = ImageDecoder.Decode(encoded, name, Decoding);
        Apply(image, values);
        return new ImageTensor(new TensorShape(1, Channels.Channels, Size.Height, Size.Width), values);
    }

    /// <summary>From pixels on; nothing large is allocated.</summary>
    /// <param name="image">The picture; for a network of grey pictures it becomes grey itself.</param>
    /// <param name="destination">[channels, height, width].</param>
    internal void Apply(RgbImage image, Span<float> destination)
    {
        if (Channels.Channels == 1) image.ToGrey();                            // before the resize, as the reference opens such pictures
        using RgbImage cropped = ResizeAndCrop(image.Window);
        _normaliser.Normalise(cropped.Window, destination);
    }

    /// <summary>The 8-bit pixels that are normalised.</summary>
    internal RgbImage ResizeAndCrop(PixelWindow pixels)
    {
        ImageSize resized = ResizedSize(pixels.Size);
        OutputRange rows = OutputRange.Center(resized.Height, Size.Height);
        OutputRange columns = OutputRange.Center(resized.Width, Size.Width);
        RgbImage cropped = new(new ImageSize(rows.Count, columns.Count));
        Resampler.Resize(pixels, rows, columns, cropped, ResampleFilter.Bicubic);
        if (cropped.Size == Size) return cropped;
        using (cropped) return cropped.CentredOnBlack(Size);
    }

    /// <summary>The size before the crop; quotients in double precision, cut to integers, as the reference has them.</summary>
    private ImageSize ResizedSize(ImageSize original) => KeepsAspectRatio
        ? original.WithShorterSide((int)(Math.Min(Size.Height, Size.Width) / CenterCrop))
        : new ImageSize((int)(Size.Height / CenterCrop), (int)(Size.Width / CenterCrop));
}
