using Fovea.Native;
using SkiaSharp;

namespace Fovea.Images;

/// <summary>Encoded bytes to 8-bit RGB, with the reference's conversions: alpha is dropped, profiles and gamma are not applied, the first frame counts.</summary>
/// <remarks>
/// The content decides about the format, never a name. A damaged or cut picture is refused: half a picture is no picture.
/// Skia decodes; what it cannot give as the reference does (16-bit grey PNG, colours of transparent GIF and icon pixels) is read by ours.
/// </remarks>
internal static class ImageDecoder
{
    /// <param name="encoded">A whole picture file.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="options">Limits and orientation.</param>
    /// <exception cref="ImageException">No picture, a damaged or cut one, or one beyond the limits.</exception>
    /// <exception cref="InvalidOperationException">Skia's native library is missing; the message names the package.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeOptions options) => Decode(encoded, name, options, out _);

    /// <summary>As above; tells the orientation too.</summary>
    /// <param name="encoded">A whole picture file.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="options">Limits and orientation.</param>
    /// <param name="turned">The EXIF orientation that was applied, 2 to 8; 1: the pixels are as they are stored.</param>
    public static RgbImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeOptions options, out int turned)
    {
        turned = 1;
        if (encoded.IsEmpty) throw ImageThrow.Empty(name);
        if (IconFile.IsIcon(encoded)) encoded = IconFile.Largest(encoded, name);
        if (GifFrame.IsGif(encoded)) return GifFrame.Decode(encoded, name, options);
        if (PngHeader.IsWideGrey(encoded)) return ClipGrey(PngSamples.Read(encoded, name, options));
        if (JpegMarkers.IsJpeg(encoded)) JpegMarkers.Check(encoded, name);
        return DecodeBySkia(encoded, name, options, out turned);
    }

    private static unsafe RgbImage DecodeBySkia(ReadOnlySpan<byte> encoded, string name, DecodeOptions options, out int turned)
    {
        turned = 1;
        NativeHalf.Skia.Use(() => SkiaSharpVersion.Native);
        fixed (byte* start = encoded)
        {
            using SKData data = SKData.Create((nint)start, encoded.Length);
            using SKCodec codec = SKCodec.Create(data) ?? throw ImageThrow.NotAPicture(name, encoded);
            ImageSize size = new(codec.Info.Height, codec.Info.Width);
            if (size.Width < 1 || size.Height < 1) throw ImageThrow.NotAPicture(name);
            options.Check(size, name);
            RgbImage image = new(size);
            // Unpremul keeps the colours of transparent pixels; without a colour space the stored values are given.
            SKImageInfo wanted = new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            SKCodecResult result;
            fixed (byte* pixels = image.Pixels) result = codec.GetPixels(wanted, (nint)pixels);
            if (result == SKCodecResult.Success)
            {
                if (!options.AppliesOrientation) return image;
                turned = (int)codec.EncodedOrigin;                             // Skia numbers them as EXIF does
                return Orientation.Apply(image, codec.EncodedOrigin);
            }
            image.Dispose();
            throw result == SKCodecResult.IncompleteInput ? ImageThrow.CutOff(name) : ImageThrow.Damaged(name, "its data are damaged");
        }
    }

    // The reference clips 16-bit grey where one would expect the high byte.
    private static RgbImage ClipGrey(PngSamples samples)
    {
        RgbImage image = new(samples.Header.Size);
        ushort[] greys = new ushort[image.Size.Width];
        for (int row = 0; row < image.Size.Height; row++)
        {
            samples.Unpack(row, greys);
            Span<byte> pixels = image.Row(row);
            for (int column = 0; column < greys.Length; column++)
            {
                pixels.Slice(RgbImage.PixelBytes * column, RgbImage.PixelBytes).Fill((byte)Math.Min(greys[column], (ushort)255));
            }
        }
        return image;
    }
}
