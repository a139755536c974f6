using SkiaSharp;

namespace Fovea.Images;

/// <summary>Encoded bytes to 8-bit RGB, with the reference's conversions: alpha is dropped, profiles and gamma are not applied, the first frame counts.</summary>
/// <remarks>The content decides about the format, never a name. A damaged or cut picture is refused: half a picture is no picture.</remarks>
internal static class ImageDecoder
{
    /// <param name="encoded">A whole picture file.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="options">Limits and orientation.</param>
    /// <exception cref="ImageException">No picture, a damaged or cut one, or one beyond the limits.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> encoded, string name, DecodeOptions options)
    {
        if (encoded.IsEmpty) throw ImageThrow.Empty(name);
        unsafe
        {
            fixed (byte* start = encoded)
            {
                using SKData data = SKData.Create((nint)start, encoded.Length);
                using SKCodec codec = SKCodec.Create(data) ?? throw ImageThrow.NotAPicture(name);
                ImageSize size = new(codec.Info.Height, codec.Info.Width);
                if (size.Width < 1 || size.Height < 1) throw ImageThrow.NotAPicture(name);
                options.Check(size, name);
                RgbImage image = PngHeader.IsWideGrey(encoded) ? ClipGrey(PngSamples.Read(encoded, name, options)) : Decode(codec, size, name);
                return options.AppliesOrientation ? Orientation.Apply(image, codec.EncodedOrigin) : image;
            }
        }
    }

    // Unpremul keeps the colours of transparent pixels; without a colour space the stored values are given.
    private static RgbImage Decode(SKCodec codec, ImageSize size, string name)
    {
        RgbImage image = new(size);
        SKImageInfo wanted = new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        SKCodecResult result;
        unsafe
        {
            fixed (byte* pixels = image.Pixels) result = codec.GetPixels(wanted, (nint)pixels);
        }
        if (result == SKCodecResult.Success) return image;
        image.Dispose();
        throw result == SKCodecResult.IncompleteInput ? ImageThrow.CutOff(name) : ImageThrow.Damaged(name, "its data are damaged");
    }

    // The reference clips 16-bit grey where one would expect the high byte: spec/preprocessing.md 6.2.
    private static RgbImage ClipGrey(PngSamples samples)
    {
        RgbImage image = new(samples.Header.Size);
        ushort[] greys = new ushort[image.Size.Width];
        for (int row = 0; row < image.Size.Height; row++)
        {
            samples.Unpack(row, greys);
            Span<byte> pixels = image.Row(row);
            for (int column = 0; column < greys.Length; column++) pixels.Slice(4 * column, 4).Fill((byte)Math.Min(greys[column], (ushort)255));
        }
        return image;
    }
}
