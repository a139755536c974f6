namespace Fovea.Numerics;

/// <summary>Exact order statistics of numbers that may stand in any order.</summary>
internal static class OrderStatistics
{
    /// <summary>What makes the median absolute deviation of normal numbers their standard deviation.</summary>
    public const double NormalScale = 1.4826;

    /// <summary>The number in the middle; the mean of the two middle ones for even counts.</summary>
    public static double Median(ReadOnlySpan<float> values) => Quantile(Sorted(values), 0.5);

    /// <summary>1.4826 times the median of the distances to the median: the standard deviation, were the numbers normal; no outlier moves it.</summary>
    public static double Madn(ReadOnlySpan<float> values, double median)
    {
        double[] distances = new double[values.Length];
        for (int index = 0; index < distances.Length; index++) distances[index] = Math.Abs(values[index] - median);
        Array.Sort(distances);
        return NormalScale * Quantile(distances, 0.5);
    }

    /// <summary>The quantile of ascending numbers, linear between neighbours at quantile * (count - 1).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="quantile">From 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double quantile)
    {
        if (sorted.IsEmpty) throw new ArgumentException("no numbers have no quantile.", nameof(sorted));
        double place = quantile * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>A sorted copy in double.</summary>
    public static double[] Sorted(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        return Array.ConvertAll(sorted, value => (double)value);
    }
}
