using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Away from a smoothed picture: value + (1 - factor) * (smooth - value), clamped and cut; a border of one pixel stays as it is.</summary>
internal static class Sharpening
{
    /// <param name="image">Changed; one with a side below 3 pixels stays.</param>
    /// <param name="factor">1 changes nothing, 2 is strong.</param>
    public static void Apply(RgbImage image, float factor)
    {
        (int height, int width) = (image.Size.Height, image.Size.Width);
        if (height < 3 || width < 3) return;
        int rowBytes = RgbImage.PixelBytes * width;
        byte[] kept = new byte[2 * rowBytes];                                      // the row above and this one, as they were
        Span<byte> above = kept.AsSpan(0, rowBytes), here = kept.AsSpan(rowBytes);
        image.Row(0).CopyTo(here);
        for (int row = 1; row < height - 1; row++)
        {
            Span<byte> spare = above;
            above = here;
            here = spare;
            image.Row(row).CopyTo(here);
            SharpenRow(above, here, image.Row(row + 1), image.Row(row), factor);
        }
    }

    // Smooth: weights 1 around 5 over 13, rounded. 13 is odd, so that no half can occur and integers are exact.
    private static void SharpenRow(ReadOnlySpan<byte> above, ReadOnlySpan<byte> here, ReadOnlySpan<byte> below, Span<byte> result, float factor)
    {
        const int Next = RgbImage.PixelBytes;
        for (int index = Next; index < result.Length - Next; index++)
        {
            int sum = above[index - Next] + above[index] + above[index + Next] + here[index - Next] + 5 * here[index] + here[index + Next]
                + below[index - Next] + below[index] + below[index + Next];
            int smooth = (2 * sum + 13) / 26;
            result[index] = Tones.Cut(MathF.FusedMultiplyAdd(1 - factor, smooth - here[index], here[index]));
        }
    }
}
