namespace Fovea.Networks;

/// <summary>
/// Resizes the learned table of positions from one patch grid to another, as the reference does: bicubic along each axis, pixel
/// centres half-way, rows of special tokens untouched.
/// </summary>
internal static class PositionTable
{
    /// <summary>The key of the learned table.</summary>
    public const string Key = "pos_embedding";

    /// <summary>Which of the reference's two resizes: they are different filters and give different embeddings.</summary>
    public enum Filter
    {
        /// <summary>`adjust_size`: once, after loading. Keys cubic (a = -0.5), widened when shrinking; taps beyond the border are dropped.</summary>
        Antialiased,

        /// <summary>Dynamic size, for each picture. Cubic with a = -0.75, four taps, indices clamped at the border.</summary>
        Plain,
    }

    /// <summary>The table for another grid.</summary>
    /// <param name="table">[specialRows + from.Patches, width] row-major.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="specialRows">Rows in front that are copied as they are.</param>
    /// <param name="from">The grid of <paramref name="table"/>.</param>
    /// <param name="to">The grid wanted; the same grid gives a copy.</param>
    /// <param name="filter">Which of the two resizes.</param>
    /// <returns>[specialRows + to.Patches, width], computed in double precision and rounded once.</returns>
    public static float[] Resize(ReadOnlySpan<float> table, int width, int specialRows, PatchGrid from, PatchGrid to, Filter filter)
    {
        int specials = specialRows * width;
        if (table.Length != specials + from.Patches * width)
        {
            throw new ArgumentException($"a table of {table.Length} numbers is not {specialRows} special rows and a grid of {from}, {width} wide.", nameof(table));
        }
        if (from == to) return table.ToArray();
        float[] resized = new float[specials + to.Patches * width];
        table[..specials].CopyTo(resized);
        double[] vertical = Weights(from.Rows, to.Rows, filter);                       // [to.Rows, from.Rows]
        double[] horizontal = Weights(from.Columns, to.Columns, filter);               // [to.Columns, from.Columns]
        double[] widened = new double[from.Rows * to.Columns * width];                 // [from.Rows, to.Columns, width]
        for (int row = 0; row < from.Rows; row++)
        {
            for (int column = 0; column < to.Columns; column++)
            {
                Span<double> sum = widened.AsSpan((row * to.Columns + column) * width, width);
                for (int tap = 0; tap < from.Columns; tap++)
                {
                    AddScaled(sum, table.Slice(specials + (row * from.Columns + tap) * width, width), horizontal[column * from.Columns + tap]);
                }
            }
        }
        double[] sums = new double[width];
        for (int row = 0; row < to.Rows; row++)
        {
            for (int column = 0; column < to.Columns; column++)
            {
                Array.Clear(sums);
                for (int tap = 0; tap < from.Rows; tap++)
                {
                    AddScaled(sums, widened.AsSpan((tap * to.Columns + column) * width, width), vertical[row * from.Rows + tap]);
                }
                Span<float> target = resized.AsSpan(specials + (row * to.Columns + column) * width, width);
                for (int index = 0; index < width; index++) target[index] = (float)sums[index];
            }
        }
        return resized;
    }

    /// <summary>The weights of one axis, [to, from]: a resize is rows times columns of these.</summary>
    public static double[] Weights(int from, int to, Filter filter)
    {
        double[] weights = new double[to * from];
        for (int index = 0; index < to; index++)
        {
            Span<double> row = weights.AsSpan(index * from, from);
            if (from == to) row[index] = 1;
            else if (filter == Filter.Antialiased) FillAntialiased(row, index, (double)from / to);
            else FillPlain(row, index, (double)from / to);
        }
        return weights;
    }

    private static void FillAntialiased(Span<double> row, int index, double ratio)
    {
        double stretch = Math.Max(ratio, 1);
        double centre = ratio * (index + 0.5);
        int first = Math.Max((int)(centre - 2 * stretch + 0.5), 0);
        int end = Math.Min((int)(centre + 2 * stretch + 0.5), row.Length);
        double total = 0;
        for (int tap = first; tap < end; tap++)
        {
            row[tap] = Cubic((tap - centre + 0.5) / stretch, -0.5);
            total += row[tap];
        }
        for (int tap = first; tap < end; tap++) row[tap] /= total;
    }

    private static void FillPlain(Span<double> row, int index, double ratio)
    {
        double position = ratio * (index + 0.5) - 0.5;
        int first = (int)Math.Floor(position) - 1;
        for (int tap = first; tap < first + 4; tap++) row[Math.Clamp(tap, 0, row.Length - 1)] += Cubic(position - tap, -0.75);
    }

    // Keys 1981, eq. 15, with parameter a.
    private static double Cubic(double t, double a)
    {
        double x = Math.Abs(t);
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    private static void AddScaled(Span<double> sum, ReadOnlySpan<float> values, double weight)
    {
        if (weight == 0) return;
        for (int index = 0; index < sum.Length; index++) sum[index] += weight * values[index];
    }

    private static void AddScaled(Span<double> sum, ReadOnlySpan<double> values, double weight)
    {
        if (weight == 0) return;
        for (int index = 0; index < sum.Length; index++) sum[index] += weight * values[index];
    }
}
