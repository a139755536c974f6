using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Operations on the three channels of a pixel together, in the float32 arithmetic of torchvision.</summary>
internal static class Colours
{
    /// <summary>All channels become the grey of the pixel.</summary>
    public static void Grey(RgbImage image)
    {
        Span<byte> pixels = image.Pixels;
        for (int index = 0; index < pixels.Length; index += RgbImage.PixelBytes)
        {
            Span<byte> pixel = pixels.Slice(index, RgbImage.PixelBytes);
            pixel.Fill((byte)GreyOf(pixel));
        }
    }

    /// <summary>Away from the pixel's own grey, or towards it: value * factor + grey * (1 - factor).</summary>
    public static void Saturation(RgbImage image, float factor)
    {
        Span<byte> pixels = image.Pixels;
        for (int index = 0; index < pixels.Length; index += RgbImage.PixelBytes)
        {
            Span<byte> pixel = pixels.Slice(index, RgbImage.PixelBytes);
            float grey = GreyOf(pixel);
            for (int channel = 0; channel < 3; channel++) pixel[channel] = Tones.Blend(pixel[channel], grey, factor);
        }
    }

    /// <summary>Turns the colour circle.</summary>
    /// <param name="image">Changed.</param>
    /// <param name="shift">Part of the circle, -0.5 to 0.5.</param>
    public static void Hue(RgbImage image, float shift)
    {
        Span<byte> pixels = image.Pixels;
        for (int index = 0; index < pixels.Length; index += RgbImage.PixelBytes)
        {
            Span<byte> pixel = pixels.Slice(index, RgbImage.PixelBytes);
            Hsv colour = Hsv.Of(pixel);
            colour.Turned(shift).Write(pixel);
        }
    }

    /// <summary>The mean of the pixels' grey, itself not rounded.</summary>
    public static double MeanGrey(RgbImage image)
    {
        Span<byte> pixels = image.Pixels;
        long sum = 0;
        for (int index = 0; index < pixels.Length; index += RgbImage.PixelBytes) sum += (int)GreyOf(pixels.Slice(index, RgbImage.PixelBytes));
        return (double)sum / (pixels.Length / RgbImage.PixelBytes);
    }

    // The weights add to 0.9999, so that every grey but black becomes one level darker, as in the reference.
    private static float GreyOf(ReadOnlySpan<byte> pixel) =>
        MathF.Floor(MathF.FusedMultiplyAdd(0.114f, pixel[2], MathF.FusedMultiplyAdd(0.587f, pixel[1], 0.2989f * pixel[0])));
}
