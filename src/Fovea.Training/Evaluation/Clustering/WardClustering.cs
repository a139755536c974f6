using System.Numerics.Tensors;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Agglomerative clustering by Ward's criterion (Ward 1963): the two clusters merge whose union adds least to the squared distances within; of equal ones
/// the pair with the lower first number, then with the lower second. Distances are computed from means when they are needed, so memory is that of the points.
/// </summary>
/// <remarks>
/// Each cluster remembers its nearest among those of higher number; where that one has been merged, its distance is still a lower bound, since by Ward's
/// criterion a union is never nearer than its parts, and is computed again only when it comes first (Muellner 2011, "generic" algorithm).
/// </remarks>
internal sealed class WardClustering
{
    private readonly int _points, _width;
    private readonly double[] _means;                                         // [2 points - 1, width]: points, then merges
    private readonly int[] _sizes;
    private readonly int[] _nearest;
    private readonly double[] _distances;                                     // squared, to the nearest; infinite for what has been merged

    private WardClustering(FeatureMatrix points)
    {
        (_points, _width) = (points.Rows, points.Width);
        int clusters = 2 * _points - 1;
        (_means, _sizes, _nearest, _distances) = (new double[checked(clusters * _width)], new int[clusters], new int[clusters], new double[clusters]);
        for (int point = 0; point < _points; point++) points.Read(point, _means.AsSpan(point * _width, _width));
        Array.Fill(_sizes, 1, 0, _points);
        Array.Fill(_distances, double.PositiveInfinity);
    }

    /// <summary>All merges, down to one cluster, in order.</summary>
    /// <param name="points">At least one row.</param>
    /// <param name="cancellation">Ends it between merges.</param>
    public static IReadOnlyList<WardMerge> Merge(FeatureMatrix points, CancellationToken cancellation = default)
    {
        if (points.Rows == 0) throw EvaluationThrow.TooFewSamples("clustering", 1, 0);
        WardClustering clustering = new(points);
        Parallel.For(0, points.Rows, point => clustering.FindNearest(point, points.Rows));
        List<WardMerge> merges = [];
        for (int cluster = points.Rows; cluster < 2 * points.Rows - 1; cluster++)
        {
            cancellation.ThrowIfCancellationRequested();
            merges.Add(clustering.MergeNearest(cluster));
        }
        return merges;
    }

    /// <summary>The partition into so many clusters: for each point a number, in the order in which clusters first appear.</summary>
    public static int[] Cut(IReadOnlyList<WardMerge> merges, int clusters)
    {
        int points = merges.Count + 1, made = points - Math.Clamp(clusters, 1, points);
        int[] roots = [.. Enumerable.Range(0, points + made)];
        for (int place = made - 1; place >= 0; place--)                       // a merge has a higher number than its parts
        {
            roots[merges[place].First] = roots[merges[place].Second] = roots[points + place];
        }
        Dictionary<int, int> numbers = [];
        int[] partition = new int[points];
        for (int point = 0; point < points; point++)
        {
            if (!numbers.TryGetValue(roots[point], out partition[point])) partition[point] = numbers[roots[point]] = numbers.Count;
        }
        return partition;
    }

    private WardMerge MergeNearest(int created)
    {
        int first;
        while (true)
        {
            first = IndexOfLeast(_distances.AsSpan(0, created));
            if (_sizes[_nearest[first]] > 0) break;
            FindNearest(first, created);
        }
        int second = _nearest[first];
        WardMerge merge = new(first, second, Math.Sqrt(_distances[first]), _sizes[first] + _sizes[second]);
        Span<double> mean = Mean(created), other = Mean(second);
        TensorPrimitives.Subtract(other, Mean(first), mean);
        TensorPrimitives.MultiplyAdd(mean, (double)_sizes[second] / merge.Size, Mean(first), mean);            // equal means stay exactly what they are
        (_sizes[created], _sizes[first], _sizes[second]) = (merge.Size, 0, 0);
        _distances[first] = _distances[second] = double.PositiveInfinity;
        for (int cluster = 0; cluster < created; cluster++)
        {
            if (_sizes[cluster] == 0) continue;
            double distance = Squared(cluster, created);
            if (distance < _distances[cluster]) (_distances[cluster], _nearest[cluster]) = (distance, created);
        }
        return merge;
    }

    private void FindNearest(int cluster, int end)
    {
        (double least, int nearest) = (double.PositiveInfinity, cluster);
        for (int other = cluster + 1; other < end; other++)
        {
            if (_sizes[other] == 0) continue;
            double distance = Squared(cluster, other);
            if (distance < least) (least, nearest) = (distance, other);
        }
        (_distances[cluster], _nearest[cluster]) = (least, nearest);
    }

    private double Squared(int one, int other)
    {
        double distance = TensorPrimitives.Distance<double>(Mean(one), Mean(other));
        return 2.0 * _sizes[one] * _sizes[other] / (_sizes[one] + _sizes[other]) * distance * distance;
    }

    private Span<double> Mean(int cluster) => _means.AsSpan(cluster * _width, _width);

    // The first of equals.
    private static int IndexOfLeast(ReadOnlySpan<double> values) => values.IndexOf(TensorPrimitives.Min(values));
}
