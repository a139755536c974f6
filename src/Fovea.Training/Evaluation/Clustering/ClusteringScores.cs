namespace Fovea.Training.Evaluation;

/// <summary>How well two partitions of the same samples agree; natural logarithms. Names of classes and clusters do not matter.</summary>
/// <param name="MutualInformation">MI, in nats.</param>
/// <param name="ExpectedMutualInformation">MI of random partitions into parts of the same sizes.</param>
/// <param name="LabelEntropy">In nats.</param>
/// <param name="ClusterEntropy">In nats.</param>
/// <param name="AdjustedMutualInformation">AMI with the arithmetic mean: 1 for equal partitions, 0 for chance (Vinh et al. 2010).</param>
/// <param name="NormalizedMutualInformation">NMI with the arithmetic mean, from 0 to 1; grows with the number of clusters by chance alone.</param>
/// <param name="AdjustedRand">ARI: agreement of pairs, 1 for equal partitions, 0 for chance (Hubert and Arabie 1985).</param>
/// <param name="Purity">The share of samples whose class is the most frequent one of their cluster; 1 if every sample is its own cluster.</param>
internal sealed record ClusteringScores(
    double MutualInformation, double ExpectedMutualInformation, double LabelEntropy, double ClusterEntropy,
    double AdjustedMutualInformation, double NormalizedMutualInformation, double AdjustedRand, double Purity)
{
    private static readonly double SmallestDenominator = Math.ScaleB(1, -52);

    /// <summary>Compares.</summary>
    /// <param name="labels">A class for each sample.</param>
    /// <param name="clusters">A cluster for each sample.</param>
    /// <exception cref="ArgumentException">They are not equally many, or none.</exception>
    public static ClusteringScores Of(IReadOnlyList<int> labels, IReadOnlyList<int> clusters)
    {
        if (labels.Count != clusters.Count || labels.Count == 0)
        {
            throw new ArgumentException($"{labels.Count} labels stand against {clusters.Count} clusters; give one of each for every sample, and at least one sample.", nameof(clusters));
        }
        int n = labels.Count;
        (int A, int B, int Count)[] cells = [.. labels.Zip(clusters).CountBy(pair => pair).Select(cell => (cell.Key.First, cell.Key.Second, cell.Value))];
        Dictionary<int, int> a = labels.CountBy(label => label).ToDictionary(), b = clusters.CountBy(cluster => cluster).ToDictionary();
        double mutual = cells.Sum(cell => (double)cell.Count / n * Math.Log((double)n * cell.Count / ((double)a[cell.A] * b[cell.B])));
        double labelEntropy = Entropy(a.Values, n), clusterEntropy = Entropy(b.Values, n), mean = (labelEntropy + clusterEntropy) / 2;
        double expected = Expected([.. a.Values], [.. b.Values], n);
        bool isTrivial = a.Count == 1 && b.Count == 1;
        double adjusted = isTrivial ? 1 : (mutual - expected) / Away(mean - expected), normalized = isTrivial ? 1 : Math.Max(0, mutual) / Away(mean);
        double purity = cells.GroupBy(cell => cell.B).Sum(cluster => (double)cluster.Max(cell => cell.Count)) / n;
        return new(mutual, expected, labelEntropy, clusterEntropy, adjusted, normalized, Rand([.. cells.Select(cell => cell.Count)], a.Values, b.Values, n), purity);
    }

    private static double Entropy(IEnumerable<int> sizes, int n) => -sizes.Sum(size => (double)size / n * Math.Log((double)size / n));

    private static double Away(double denominator) => Math.Abs(denominator) < SmallestDenominator ? Math.CopySign(SmallestDenominator, denominator) : denominator;

    // Vinh et al. 2010, eq. 8: the hypergeometric mean over all sizes of an overlap, parts of equal sizes taken together.
    private static double Expected(int[] a, int[] b, int n)
    {
        LogFactorials factorials = new(n);
        KeyValuePair<int, int>[] sizes = [.. b.CountBy(size => size)];
        return a.CountBy(size => size).Sum(one => sizes.Sum(other => (double)one.Value * other.Value * Expected(one.Key, other.Key, n, factorials)));
    }

    private static double Expected(int a, int b, int n, LogFactorials factorials)
    {
        double sum = 0, all = factorials[a] + factorials[b] + factorials[n - a] + factorials[n - b] - factorials[n];
        for (int m = Math.Max(1, a + b - n); m <= Math.Min(a, b); m++)
        {
            double chance = all - factorials[m] - factorials[a - m] - factorials[b - m] - factorials[n - a - b + m];
            sum += (double)m / n * Math.Log((double)n * m / ((double)a * b)) * Math.Exp(chance);
        }
        return sum;
    }

    private static double Rand(int[] cells, IEnumerable<int> a, IEnumerable<int> b, int n)
    {
        double together = cells.Sum(Pairs), inLabels = a.Sum(Pairs), inClusters = b.Sum(Pairs), all = Pairs(n);
        double expected = all == 0 ? 0 : inLabels * inClusters / all, most = (inLabels + inClusters) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);               // both of single samples, or both one cluster: the same partition
    }

    private static double Pairs(int count) => (double)count * (count - 1) / 2;
}
