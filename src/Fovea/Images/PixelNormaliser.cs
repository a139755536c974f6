namespace Fovea.Images;

/// <summary>Bytes to floats: scaled to 0 to 1, less the mean, over the deviation, each rounded once. A byte has 256 values, so each channel is a table.</summary>
internal sealed class PixelNormaliser
{
    // The reference multiplies by the float nearest 1/255; a division by 255 would change the last bit of 126 values.
    private const float Scale = 1f / 255;

    private readonly float[][] _tables;                                        // [channels][256]

    public PixelNormaliser(ChannelStatistics statistics) =>
        _tables = [.. statistics.Mean.Zip(statistics.Deviation, (mean, deviation) => Table((float)mean, (float)deviation))];

    /// <param name="window">The pixels.</param>
    /// <param name="planes">[channels, height, width]: red, green and blue, or grey.</param>
    public void Normalise(PixelWindow window, Span<float> planes) => Normalise(window, planes, window.Size);

    /// <summary>The picture in the left upper corner of a larger one; what is around it is 0, the mean colour.</summary>
    /// <param name="window">The pixels.</param>
    /// <param name="planes">[channels, height, width] of <paramref name="canvas"/>.</param>
    /// <param name="canvas">At least as large as the window.</param>
    public void Normalise(PixelWindow window, Span<float> planes, ImageSize canvas)
    {
        if (canvas != window.Size) planes.Clear();
        int width = canvas.Width;
        int area = width * canvas.Height;
        for (int row = 0; row < window.Size.Height; row++)
        {
            ReadOnlySpan<byte> pixels = window.Row(row);
            for (int channel = 0; channel < _tables.Length; channel++)
            {
                ReadOnlySpan<float> table = _tables[channel];
                Span<float> target = planes.Slice(channel * area + row * width, window.Size.Width);
                for (int column = 0; column < target.Length; column++) target[column] = table[pixels[RgbImage.PixelBytes * column + channel]];
            }
        }
    }

    private static float[] Table(float mean, float deviation)
    {
        float[] table = new float[256];
        for (int value = 0; value < table.Length; value++)
        {
            float scaled = value * Scale;
            float centred = scaled - mean;
            table[value] = centred / deviation;
        }
        return table;
    }
}
