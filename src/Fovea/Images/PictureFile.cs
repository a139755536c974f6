using SkiaSharp;

namespace Fovea.Images;

/// <summary>Writes pixels as a picture file.</summary>
internal static class PictureFile
{
    /// <summary>A PNG of opaque colours; the stream is not closed.</summary>
    public static unsafe void WritePng(Stream output, RgbImage image)
    {
        fixed (byte* pixels = image.Pixels)
        {
            // The filler byte would be read as alpha: Rgb888x has none.
            SKImageInfo info = new(image.Size.Width, image.Size.Height, SKColorType.Rgb888x, SKAlphaType.Opaque);
            using SKPixmap pixmap = new(info, (nint)pixels);
            using SKData encoded = pixmap.Encode(SKPngEncoderOptions.Default) ?? throw new InvalidOperationException($"a picture of {image.Size} cannot be written as PNG.");
            encoded.SaveTo(output);
        }
    }
}
