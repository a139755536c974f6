using System.Buffers;
using System.Numerics.Tensors;
using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Blurs by a Gaussian, borders mirrored without repeating the outermost pixel, rounded with halves to even.</summary>
internal static class GaussianBlur
{
    /// <param name="image">Changed.</param>
    /// <param name="taps">Pixels of the kernel's side, odd.</param>
    /// <param name="deviation">In pixels.</param>
    public static void Apply(RgbImage image, int taps, float deviation)
    {
        if (taps < 3) return;
        float[] weights = Weights(taps, deviation);
        int reach = taps / 2, samples = RgbImage.PixelBytes * image.Size.Width, padded = samples + 2 * reach * RgbImage.PixelBytes;
        float[] rented = ArrayPool<float>.Shared.Rent(image.Size.Height * samples + padded + samples);
        Span<float> narrowed = rented.AsSpan(0, image.Size.Height * samples), line = rented.AsSpan(narrowed.Length, padded), sums = rented.AsSpan(narrowed.Length + padded, samples);
        Span<int> starts = stackalloc int[taps];
        for (int tap = 0; tap < taps; tap++) starts[tap] = tap * RgbImage.PixelBytes;
        for (int row = 0; row < image.Size.Height; row++)
        {
            Widen(image.Row(row), reach, line);
            Sum(weights, starts, line, narrowed.Slice(row * samples, samples));
        }
        for (int row = 0; row < image.Size.Height; row++)
        {
            for (int tap = 0; tap < taps; tap++) starts[tap] = Mirror(row + tap - reach, image.Size.Height) * samples;
            Sum(weights, starts, narrowed, sums);
            Round(sums, image.Row(row));
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>exp(-x^2 / (2 deviation^2)) at whole pixels, normalised.</summary>
    public static float[] Weights(int taps, float deviation)
    {
        double[] weights = new double[taps];
        for (int tap = 0; tap < taps; tap++) weights[tap] = Math.Exp(-0.5 * Math.Pow((tap - taps / 2) / (double)deviation, 2));
        double sum = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    // The order of the sum is that of the taps; lanes are samples of one row.
    private static void Sum(float[] weights, ReadOnlySpan<int> starts, ReadOnlySpan<float> from, Span<float> sums)
    {
        TensorPrimitives.Multiply(from.Slice(starts[0], sums.Length), weights[0], sums);
        for (int tap = 1; tap < weights.Length; tap++) TensorPrimitives.MultiplyAdd(from.Slice(starts[tap], sums.Length), weights[tap], sums, sums);
    }

    private static void Widen(ReadOnlySpan<byte> row, int reach, Span<float> line)
    {
        const int Pixel = RgbImage.PixelBytes;
        int width = row.Length / Pixel;
        TensorPrimitives.ConvertTruncating<byte, float>(row, line.Slice(reach * Pixel, row.Length));
        for (int outside = 1; outside <= reach; outside++)
        {
            for (int channel = 0; channel < Pixel; channel++)
            {
                line[(reach - outside) * Pixel + channel] = row[Mirror(-outside, width) * Pixel + channel];
                line[(reach + width - 1 + outside) * Pixel + channel] = row[Mirror(width - 1 + outside, width) * Pixel + channel];
            }
        }
    }

    // Sums of bytes with weights that add to 1 stay inside 0..255 but for a last bit, which rounding takes away.
    private static void Round(Span<float> sums, Span<byte> row)
    {
        TensorPrimitives.Round(sums, sums);
        TensorPrimitives.ConvertSaturating<float, byte>(sums, row);
    }

    private static int Mirror(int place, int length)
    {
        if (length == 1) return 0;
        int period = 2 * (length - 1), inside = ((place % period) + period) % period;
        return inside < length ? inside : period - inside;
    }
}
