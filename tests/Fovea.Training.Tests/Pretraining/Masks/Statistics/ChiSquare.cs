namespace Fovea.Training.Tests.Pretraining;

/// <summary>Pearson's test for counts, failing where chance would be worse once in a thousand times.</summary>
internal static class ChiSquare
{
    private const double NormalQuantile = 3.09;                             // of 0.999
    private const double LeastExpected = 5;                                 // below it the statistic is not distributed as chi-square

    /// <summary>Counts come from these probabilities.</summary>
    public static void CheckFit<TKey>(string what, IReadOnlyDictionary<TKey, double> probabilities, IReadOnlyDictionary<TKey, int> counts)
        where TKey : notnull
    {
        Assert.All(counts.Keys, key => Assert.True(probabilities.ContainsKey(key), $"{what}: {key} cannot occur"));
        int total = counts.Values.Sum();
        List<double[]> bins = Merge(probabilities.Select(bin => (double[])[counts.GetValueOrDefault(bin.Key), bin.Value * total]), bin => bin[1]);
        Check(what, bins.Count - 1, bins.Sum(bin => Term(bin[0], bin[1])));
    }

    /// <summary>Two lists of counts come from the same, unknown probabilities.</summary>
    public static void CheckSame(string what, IReadOnlyDictionary<int, int> left, IReadOnlyDictionary<int, int> right)
    {
        double leftShare = left.Values.Sum() / (double)(left.Values.Sum() + right.Values.Sum()), rightShare = 1 - leftShare;
        IEnumerable<double[]> counts = left.Keys.Union(right.Keys).Order().Select(key => (double[])[left.GetValueOrDefault(key), right.GetValueOrDefault(key)]);
        List<double[]> bins = Merge(counts, bin => bin.Sum() * Math.Min(leftShare, rightShare));
        Check(what, bins.Count - 1, bins.Sum(bin => Term(bin[0], bin.Sum() * leftShare) + Term(bin[1], bin.Sum() * rightShare)));
    }

    private static double Term(double found, double expected) => (found - expected) * (found - expected) / expected;

    private static void Check(string what, int freedom, double statistic)
    {
        Assert.True(freedom >= 1, $"{what}: too few counts to compare");
        double spread = 2.0 / (9 * freedom), limit = freedom * Math.Pow(1 - spread + NormalQuantile * Math.Sqrt(spread), 3);      // Wilson and Hilferty 1931
        Assert.True(statistic <= limit, $"{what}: chi-square {statistic:F1} with {freedom} degrees of freedom, limit {limit:F1}");
    }

    // Neighbours are taken together until each bin is expected often enough; what is left at the end joins the last bin.
    private static List<double[]> Merge(IEnumerable<double[]> counts, Func<double[], double> expected)
    {
        List<double[]> bins = [];
        foreach (double[] count in counts)
        {
            if (bins.Count > 0 && expected(bins[^1]) < LeastExpected) bins[^1] = Sum(bins[^1], count);
            else bins.Add(count);
        }
        if (bins.Count > 1 && expected(bins[^1]) < LeastExpected) bins = [.. bins[..^2], Sum(bins[^2], bins[^1])];
        return bins;
    }

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (one, other) => one + other)];
}
