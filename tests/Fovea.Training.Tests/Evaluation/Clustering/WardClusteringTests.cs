using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Clustering;

public class WardClusteringTests
{
    [Fact]
    public void Merges_equal_those_of_comparing_all_pairs() => Check(new(DrawnFeatures.Normal(60 * 3, 1), 3));

    /// <summary>Points on a grid, many of them twice: most distances are equal to others.</summary>
    [Fact]
    public void Ties_go_to_the_lower_numbers() => Check(new(DrawnFeatures.Coarse(60 * 2, 1), 2));

    [Fact]
    public void Points_that_are_all_the_same_merge_at_height_zero_in_order_of_their_numbers()
    {
        IReadOnlyList<WardMerge> merges = WardClustering.Merge(new(Enumerable.Repeat(0.1f, 5).ToArray(), 1));
        Assert.Equal([new(0, 1, 0, 2), new(2, 3, 0, 2), new(4, 5, 0, 3), new(6, 7, 0, 5)], merges);
    }

    [Fact]
    public void Partition_has_as_many_clusters_as_asked_for()
    {
        IReadOnlyList<WardMerge> merges = WardClustering.Merge(new(DrawnFeatures.Normal(40 * 3, 1), 3));
        for (int clusters = 1; clusters <= 40; clusters++) Assert.Equal(clusters, WardClustering.Cut(merges, clusters).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 40), WardClustering.Cut(merges, 100));
    }

    [Fact]
    public void One_point_is_one_cluster() => Assert.Equal([0], WardClustering.Cut(WardClustering.Merge(new([1f, 2], 2)), 1));

    // The definition: all pairs, every time.
    private static void Check(FeatureMatrix points)
    {
        Dictionary<int, double[][]> clusters = Enumerable.Range(0, points.Rows).ToDictionary(point => point, point => new[] { Row(points, point) });
        foreach (WardMerge merge in WardClustering.Merge(points))
        {
            int[] numbers = [.. clusters.Keys.Order()];
            // Rounded, since equal heights of other sums differ in their last digits.
            (double height, int first, int second) = numbers.SelectMany(
                one => numbers.Where(other => other > one), (one, other) => (Math.Round(Height(clusters[one], clusters[other]), 9), one, other)).Min();
            Assert.Equal((first, second), (merge.First, merge.Second));
            Assert.Equal(height, merge.Height, 1e-8);
            clusters[points.Rows + points.Rows - clusters.Count] = [.. clusters[first], .. clusters[second]];
            clusters.Remove(first);
            clusters.Remove(second);
        }
    }

    private static double Height(double[][] one, double[][] other)
    {
        double squared = Enumerable.Range(0, one[0].Length).Sum(column => Math.Pow(one.Average(row => row[column]) - other.Average(row => row[column]), 2));
        return Math.Sqrt(2.0 * one.Length * other.Length / (one.Length + other.Length) * squared);
    }

    private static double[] Row(FeatureMatrix points, int row)
    {
        double[] values = new double[points.Width];
        points.Read(row, values);
        return values;
    }
}
