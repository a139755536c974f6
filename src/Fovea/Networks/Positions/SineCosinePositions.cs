namespace Fovea.Networks;

/// <summary>The fixed two-dimensional table of sines and cosines (Vaswani et al. 2017, sec. 3.5, once per axis).</summary>
internal static class SineCosinePositions
{
    /// <summary>The table for a grid: columns [sin x, cos x, sin y, cos y], a quarter of the width each; rows of zeros for special tokens first.</summary>
    /// <param name="grid">Rows (y) and columns (x) of patches.</param>
    /// <param name="width">A multiple of 4, at least 8: at 4 the reference divides by zero.</param>
    /// <param name="specialRows">Rows of zeros in front.</param>
    /// <param name="temperature">Frequencies fall from 1 towards its reciprocal.</param>
    /// <param name="spacing">Whether the last frequency is that reciprocal.</param>
    /// <returns>[specialRows + grid.Patches, width].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 8 or no multiple of 4.</exception>
    public static float[] Table(PatchGrid grid, int width, int specialRows = 0, double temperature = 10_000, FrequencySpacing spacing = FrequencySpacing.ToLast)
    {
        if (width < 8 || width % 4 != 0) throw new ArgumentOutOfRangeException(nameof(width), width, "a sine-cosine table is 8, 12, 16, ... wide.");
        int quarter = width / 4;
        double intervals = spacing == FrequencySpacing.ToLast ? quarter - 1 : quarter;
        float[] table = new float[(specialRows + grid.Patches) * width];
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++)
            {
                Span<float> position = table.AsSpan((specialRows + row * grid.Columns + column) * width, width);
                for (int index = 0; index < quarter; index++)
                {
                    double frequency = Math.Pow(temperature, -index / intervals);
                    position[index] = (float)Math.Sin(column * frequency);
                    position[quarter + index] = (float)Math.Cos(column * frequency);
                    position[2 * quarter + index] = (float)Math.Sin(row * frequency);
                    position[3 * quarter + index] = (float)Math.Cos(row * frequency);
                }
            }
        }
        return table;
    }
}
