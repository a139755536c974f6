namespace Fovea.Images;

/// <summary>The definition of both passes, in plain code: sums in 32-bit integers, one rounding at the end. The vector twins must give the same bytes.</summary>
internal static class ResampleScalar
{
    public static void Horizontal(PixelWindow source, RgbImage target, KernelTable kernels)
    {
        for (int row = 0; row < target.Size.Height; row++)
        {
            ReadOnlySpan<byte> from = source.Row(row);
            Span<byte> to = target.Row(row);
            for (int column = 0; column < kernels.Outputs; column++)
            {
                ReadOnlySpan<int> weights = kernels.Weights(column);
                ReadOnlySpan<byte> samples = from.Slice(RgbImage.PixelBytes * kernels.First(column), RgbImage.PixelBytes * weights.Length);
                int red = kernels.Half, green = kernels.Half, blue = kernels.Half;
                for (int tap = 0; tap < weights.Length; tap++)
                {
                    red += samples[RgbImage.PixelBytes * tap] * weights[tap];
                    green += samples[RgbImage.PixelBytes * tap + 1] * weights[tap];
                    blue += samples[RgbImage.PixelBytes * tap + 2] * weights[tap];
                }
                Span<byte> pixel = to.Slice(RgbImage.PixelBytes * column, RgbImage.PixelBytes);
                pixel[0] = Round(red, kernels);
                pixel[1] = Round(green, kernels);
                pixel[2] = Round(blue, kernels);
            }
        }
    }

    public static void Vertical(PixelWindow source, RgbImage target, KernelTable kernels)
    {
        int[] sums = new int[RgbImage.PixelBytes * target.Size.Width];
        for (int row = 0; row < kernels.Outputs; row++)
        {
            ReadOnlySpan<int> weights = kernels.Weights(row);
            sums.AsSpan().Fill(kernels.Half);
            for (int tap = 0; tap < weights.Length; tap++)
            {
                ReadOnlySpan<byte> samples = source.Row(kernels.First(row) + tap)[..sums.Length];
                int weight = weights[tap];
                for (int index = 0; index < sums.Length; index++) sums[index] += samples[index] * weight;
            }
            Span<byte> to = target.Row(row);
            for (int index = 0; index < sums.Length; index++) to[index] = Round(sums[index], kernels);
        }
    }

    private static byte Round(int sum, KernelTable kernels) => (byte)Math.Clamp(sum >> kernels.FractionBits, 0, 255);
}
