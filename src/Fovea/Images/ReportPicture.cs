using System.Runtime.InteropServices;
using SkiaSharp;

namespace Fovea.Images;

/// <summary>A picture as the report embeds it: at most <see cref="LongestSide"/> pixels, PNG while small enough that JPEG would smear it, else JPEG.</summary>
internal sealed class ReportPicture
{
    /// <summary>Larger pictures are made smaller.</summary>
    public const int LongestSide = 224;

    private const int SmallSide = 64;                                   // 12 KB of pixels: PNG costs little
    private const int Quality = 82;

    private readonly byte[] _encoded;
    private readonly string _type;

    private ReportPicture(string name, ImageSize size, byte[] encoded, string type) => (Name, Size, _encoded, _type) = (name, size, encoded, type);

    /// <summary>The picture's name, for people.</summary>
    public string Name { get; }

    /// <summary>Its size in the report.</summary>
    public ImageSize Size { get; }

    /// <summary>Whether its pixels should be seen as squares when it is enlarged.</summary>
    public bool IsSmall => Math.Max(Size.Height, Size.Width) <= SmallSide;

    /// <summary>The picture as an address that needs no network.</summary>
    public string DataUri => $"data:{_type};base64,{Convert.ToBase64String(_encoded)}";

    /// <summary>The picture's pixels again; the caller disposes them.</summary>
    public RgbImage Decode() => ImageDecoder.Decode(_encoded, Name, DecodeOptions.Default);

    /// <summary>Writes pixels as PNG.</summary>
    public static unsafe void WritePng(RgbImage picture, Stream output)
    {
        SKImageInfo info = new(picture.Size.Width, picture.Size.Height, SKColorType.Rgb888x, SKAlphaType.Opaque);
        fixed (byte* pixels = &MemoryMarshal.GetReference(picture.Pixels))
        {
            using SKPixmap pixmap = new(info, (nint)pixels);
            using SKData encoded = pixmap.Encode(SKEncodedImageFormat.Png, 100) ?? throw new InvalidOperationException("the codec writes no PNG.");
            encoded.SaveTo(output);
        }
    }

    /// <summary>Bytes in the report.</summary>
    public int Length => (_encoded.Length + 2) / 3 * 4;

    /// <summary>Of a decoded picture, which stays the caller's.</summary>
    public static ReportPicture Of(string name, RgbImage picture, int longestSide = LongestSide)
    {
        int longest = Math.Max(picture.Size.Height, picture.Size.Width);
        if (longest <= longestSide) return Encode(name, picture);
        ImageSize size = new(Scaled(picture.Size.Height), Scaled(picture.Size.Width));
        using RgbImage smaller = new(size);
        Resampler.Resize(picture.Window, smaller, ResampleFilter.Bicubic);
        return Encode(name, smaller);

        int Scaled(int side) => Math.Max(1, (int)Math.Round((double)side * longestSide / longest));
    }

    /// <summary>Of a network's input.</summary>
    /// <param name="name">The picture's name.</param>
    /// <param name="pixels">[channels, height, width], normalised; one channel is grey.</param>
    /// <param name="size">Height and width.</param>
    /// <param name="channels">What it was normalised with.</param>
    /// <param name="longestSide">Larger pictures are made smaller.</param>
    public static ReportPicture Of(string name, ReadOnlySpan<float> pixels, ImageSize size, ChannelStatistics channels, int longestSide = LongestSide)
    {
        int area = size.Height * size.Width;
        if (pixels.Length != area * channels.Channels) throw new ArgumentException($"{pixels.Length} numbers are no picture of {channels.Channels} x {size}.", nameof(pixels));
        using RgbImage picture = new(size);
        Span<byte> bytes = picture.Pixels;
        for (int channel = 0; channel < 3; channel++)
        {
            int plane = Math.Min(channel, channels.Channels - 1);
            for (int pixel = 0; pixel < area; pixel++)
            {
                double value = pixels[plane * area + pixel] * channels.Deviation[plane] + channels.Mean[plane];
                bytes[RgbImage.PixelBytes * pixel + channel] = (byte)Math.Clamp(Math.Round(255 * value), 0, 255);
            }
        }
        return Of(name, picture, longestSide);
    }

    private static unsafe ReportPicture Encode(string name, RgbImage picture)
    {
        bool isSmall = Math.Max(picture.Size.Height, picture.Size.Width) <= SmallSide;
        SKImageInfo info = new(picture.Size.Width, picture.Size.Height, SKColorType.Rgb888x, SKAlphaType.Opaque);
        fixed (byte* pixels = &MemoryMarshal.GetReference(picture.Pixels))
        {
            using SKPixmap pixmap = new(info, (nint)pixels);
            using SKData encoded = pixmap.Encode(isSmall ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, Quality) ?? throw new InvalidOperationException("the codec writes neither PNG nor JPEG.");
            return new ReportPicture(name, picture.Size, encoded.ToArray(), isSmall ? "image/png" : "image/jpeg");
        }
    }
}
