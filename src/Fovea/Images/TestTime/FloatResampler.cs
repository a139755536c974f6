namespace Fovea.Images;

/// <summary>libtorch's bicubic antialiased resize of float tensors: horizontally, then vertically, sums in ascending order, nothing clipped.</summary>
/// <remarks>libtorch fuses products and sums where it pleases, so results agree to 1e-5 for values up to 5, not to the bit.</remarks>
internal static class FloatResampler
{
    /// <param name="planes">[channels, height, width].</param>
    /// <param name="from">Height and width of a plane.</param>
    /// <param name="to">Height and width wanted.</param>
    /// <param name="resized">[channels, wanted height, wanted width].</param>
    public static void Resize(ReadOnlySpan<float> planes, ImageSize from, ImageSize to, Span<float> resized)
    {
        FloatKernel[] columns = FloatKernel.Create(from.Width, to.Width);
        FloatKernel[] rows = FloatKernel.Create(from.Height, to.Height);
        float[] narrowed = new float[from.Height * to.Width];
        for (int channel = 0; channel < planes.Length / (from.Height * from.Width); channel++)
        {
            ReadOnlySpan<float> plane = planes.Slice(channel * from.Height * from.Width, from.Height * from.Width);
            ResizeWidth(plane, from.Width, columns, narrowed);
            ResizeHeight(narrowed, to.Width, rows, resized.Slice(channel * to.Height * to.Width, to.Height * to.Width));
        }
    }

    private static void ResizeWidth(ReadOnlySpan<float> plane, int width, FloatKernel[] columns, Span<float> narrowed)
    {
        for (int row = 0; row < plane.Length / width; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                (int first, float[] weights) = columns[column];
                ReadOnlySpan<float> samples = plane.Slice(row * width + first, weights.Length);
                float sum = 0;
                for (int tap = 0; tap < weights.Length; tap++) sum += samples[tap] * weights[tap];
                narrowed[row * columns.Length + column] = sum;
            }
        }
    }

    private static void ResizeHeight(ReadOnlySpan<float> narrowed, int width, FloatKernel[] rows, Span<float> plane)
    {
        plane.Clear();
        for (int row = 0; row < rows.Length; row++)
        {
            Span<float> sums = plane.Slice(row * width, width);
            (int first, float[] weights) = rows[row];
            for (int tap = 0; tap < weights.Length; tap++)
            {
                ReadOnlySpan<float> samples = narrowed.Slice((first + tap) * width, width);
                for (int column = 0; column < width; column++) sums[column] += samples[column] * weights[tap];
            }
        }
    }
}
