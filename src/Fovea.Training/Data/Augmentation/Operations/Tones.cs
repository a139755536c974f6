using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>
/// Operations that send each level of a channel to another one, whatever lies around it: a table of 256 bytes each. Computed in float32 in the order
/// that torchvision has on libtorch (sums of products are fused), clamped to 0..255, then cut, so that 8-bit results are its own.
/// </summary>
internal static class Tones
{
    private const int Levels = 256;

    /// <summary>value * factor.</summary>
    public static void Brightness(RgbImage image, float factor)
    {
        Span<byte> table = stackalloc byte[Levels];
        for (int value = 0; value < Levels; value++) table[value] = Cut(value * factor);
        Apply(image, table);
    }

    /// <summary>Away from the mean of the picture's grey, or towards it: value * factor + mean * (1 - factor).</summary>
    public static void Contrast(RgbImage image, float factor)
    {
        float mean = (float)Colours.MeanGrey(image);
        Span<byte> table = stackalloc byte[Levels];
        for (int value = 0; value < Levels; value++) table[value] = Blend(value, mean, factor);
        Apply(image, table);
    }

    /// <summary>Keeps the upper bits.</summary>
    /// <param name="image">Changed.</param>
    /// <param name="bits">How many, 0 to 8.</param>
    public static void Posterise(RgbImage image, int bits)
    {
        Span<byte> table = stackalloc byte[Levels];
        for (int value = 0; value < Levels; value++) table[value] = (byte)(value & -(1 << (8 - bits)));
        Apply(image, table);
    }

    /// <summary>Inverts the levels from a threshold on.</summary>
    public static void Solarise(RgbImage image, int threshold)
    {
        Span<byte> table = stackalloc byte[Levels];
        for (int value = 0; value < Levels; value++) table[value] = (byte)(value >= threshold ? 255 - value : value);
        Apply(image, table);
    }

    /// <summary>Stretches each channel from its darkest and brightest level to 0 and 255; a channel of one level stays.</summary>
    public static void Autocontrast(RgbImage image)
    {
        Span<byte> tables = stackalloc byte[3 * Levels];
        for (int channel = 0; channel < 3; channel++)
        {
            (int darkest, int brightest) = Range(image.Pixels, channel);
            float scale = darkest == brightest ? 1 : (brightest - darkest) * (1f / 255);
            int least = darkest == brightest ? 0 : darkest;
            for (int value = 0; value < Levels; value++) tables[channel * Levels + value] = Cut((value - least) / scale);
        }
        Apply(image, tables[..Levels], tables.Slice(Levels, Levels), tables[(2 * Levels)..]);
    }

    /// <summary>One mixed with another: value * factor + other * (1 - factor).</summary>
    public static byte Blend(float value, float other, float factor) => Cut(MathF.FusedMultiplyAdd(1 - factor, other, value * factor));

    /// <summary>Clamped to 0..255, then cut, not rounded.</summary>
    public static byte Cut(float value) => (byte)Math.Clamp(value, 0, 255);

    private static (int Darkest, int Brightest) Range(ReadOnlySpan<byte> pixels, int channel)
    {
        (int darkest, int brightest) = (255, 0);
        for (int index = channel; index < pixels.Length; index += RgbImage.PixelBytes)
        {
            darkest = Math.Min(darkest, pixels[index]);
            brightest = Math.Max(brightest, pixels[index]);
        }
        return (darkest, brightest);
    }

    private static void Apply(RgbImage image, ReadOnlySpan<byte> table) => Apply(image, table, table, table);

    private static void Apply(RgbImage image, ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue)
    {
        Span<byte> pixels = image.Pixels;
        for (int index = 0; index + 2 < pixels.Length; index += RgbImage.PixelBytes)
        {
            pixels[index] = red[pixels[index]];
            pixels[index + 1] = green[pixels[index + 1]];
            pixels[index + 2] = blue[pixels[index + 2]];
        }
    }
}
