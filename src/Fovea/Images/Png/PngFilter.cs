namespace Fovea.Images;

/// <summary>Undoes the five row filters of PNG (PNG specification, section 9), in place.</summary>
internal static class PngFilter
{
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean, 4 Paeth.</param>
    /// <param name="row">Filtered bytes; the stored ones afterwards.</param>
    /// <param name="above">The row above, already undone; zeros above the first.</param>
    /// <param name="step">Bytes of a pixel, at least 1.</param>
    /// <returns>False for a filter that does not exist.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int index = 0; filter is > 0 and <= 4 && index < row.Length; index++)
        {
            byte left = index < step ? (byte)0 : row[index - step];
            byte corner = index < step ? (byte)0 : above[index - step];
            row[index] += filter switch
            {
                1 => left,
                2 => above[index],
                3 => (byte)((left + above[index]) >> 1),
                _ => Paeth(left, above[index], corner),
            };
        }
        return filter <= 4;
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        int fromLeft = Math.Abs(above - corner), fromAbove = Math.Abs(left - corner), fromCorner = Math.Abs(left + above - 2 * corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
        return fromAbove <= fromCorner ? above : corner;
    }
}
