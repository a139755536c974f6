namespace Fovea.Images;

/// <summary>The resize of tall pictures: strips of rows are narrowed one after the other and added to the sums of all output rows that use them.</summary>
/// <remarks>A picture of a few columns would otherwise be widened to gigabytes. Integer sums do not depend on their order: same bytes.</remarks>
internal static class ResampleStrips
{
    private const int StripRows = 256;

    /// <param name="source">What to resize.</param>
    /// <param name="target">Filled.</param>
    /// <param name="rows">Weights of the rows of <paramref name="source"/>.</param>
    /// <param name="narrow">Resizes the width of a strip.</param>
    public static void Resize(PixelWindow source, RgbImage target, KernelTable rows, NarrowRows narrow)
    {
        int[] sums = new int[target.Pixels.Length];
        sums.AsSpan().Fill(rows.Half);
        int firstOutput = 0;
        for (int top = 0; top < source.Size.Height; top += StripRows)
        {
            int count = Math.Min(StripRows, source.Size.Height - top);
            using RgbImage strip = new(new ImageSize(count, target.Size.Width));
            narrow(source.Crop(top, 0, new ImageSize(count, source.Size.Width)), strip);
            while (rows.First(firstOutput) + rows.Weights(firstOutput).Length <= top && firstOutput < rows.Outputs - 1) firstOutput++;
            for (int output = firstOutput; output < rows.Outputs && rows.First(output) < top + count; output++) Add(strip, top, rows, output, sums);
        }
        Span<byte> pixels = target.Pixels;
        for (int index = 0; index < sums.Length; index++) pixels[index] = (byte)Math.Clamp(sums[index] >> rows.FractionBits, 0, 255);
    }

    private static void Add(RgbImage strip, int top, KernelTable rows, int output, int[] sums)
    {
        ReadOnlySpan<int> weights = rows.Weights(output);
        int first = rows.First(output);
        for (int row = Math.Max(first, top); row < Math.Min(first + weights.Length, top + strip.Size.Height); row++)
        {
            ReadOnlySpan<byte> samples = strip.Row(row - top);
            Span<int> outputs = sums.AsSpan(output * samples.Length, samples.Length);
            int weight = weights[row - first];
            for (int index = 0; index < samples.Length; index++) outputs[index] += samples[index] * weight;
        }
    }
}

/// <summary>Resizes the width of some rows.</summary>
internal delegate void NarrowRows(PixelWindow rows, RgbImage narrowed);
