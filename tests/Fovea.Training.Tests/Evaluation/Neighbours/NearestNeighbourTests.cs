using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Neighbours;

/// <summary>The search by blocks finds exactly what comparing everything with everything finds.</summary>
public class NearestNeighbourTests
{
    // More training rows than one block, more queries than one block, a number of rows that fills no vector.
    private const int Train = 4096 + 133, Queries = 1024 + 37, Width = 19;

    [Fact]
    public void Neighbours_equal_a_plain_search() => Check(new(DrawnFeatures.Normal(Train * Width, 1), Width), new(DrawnFeatures.Normal(Queries * Width, 2), Width), 7, every: 50);

    [Fact]
    public void Equal_similarities_go_to_the_lower_row_across_blocks() => Check(new(DrawnFeatures.Coarse(Train * 4, 1), 4), new(DrawnFeatures.Coarse(Queries * 4, 2), 4), 60, every: 50);

    /// <summary>A collapsed encoder: similarities differ by less than a float32 can tell.</summary>
    [Fact]
    public void Neighbours_of_features_that_are_almost_equal_are_exact()
    {
        float[] train = Collapsed(DrawnFeatures.Normal(Train * Width, 1)), queries = Collapsed(DrawnFeatures.Normal(40 * Width, 2));
        Check(new(train, Width), new(queries, Width), 10, every: 1);
    }

    [Fact]
    public void Double_features_are_compared_with_all_their_digits()
    {
        double[] train = [1, 0, 1, 1e-9, 1, 2e-9], query = [1, 2e-9];                                          // alike in float32
        NearestNeighbours nearest = NearestNeighbours.Search(new(train, 2), new(query, 2), 3);
        Assert.Equal([1.0, 1, 1], nearest.Similarities(0).ToArray());                                           // even in double: the angle is 1e-9
        Assert.Equal([0, 1, 2], nearest.Indices(0).ToArray());
        train = [1, 0, 1, 1e-7, 1, 2e-7];
        query = [1, 2e-7];
        Assert.Equal([2, 1, 0], NearestNeighbours.Search(new(train, 2), new(query, 2), 3).Indices(0).ToArray());
    }

    [Fact]
    public void Left_out_samples_are_no_neighbours_of_themselves()
    {
        FeatureMatrix features = new(DrawnFeatures.Normal(300 * Width, 1), Width);
        NearestNeighbours nearest = NearestNeighbours.Search(features, features, 1000, leavesOneOut: true);
        Assert.Equal(299, nearest.Count);
        for (int query = 0; query < 300; query++) Assert.Equal(Enumerable.Range(0, 300).Where(row => row != query), nearest.Indices(query).ToArray().Order());
    }

    [Fact]
    public void Cancelled_search_ends()
    {
        FeatureMatrix features = new(DrawnFeatures.Normal(30, 1), 3);
        Assert.Throws<OperationCanceledException>(() => NearestNeighbours.Search(features, features, 1, cancellation: new CancellationToken(canceled: true)));
    }

    private static float[] Collapsed(float[] values) => [.. values.Select((value, index) => (index % Width == 0 ? 1 : 0) + 1e-4f * value)];

    private static void Check(FeatureMatrix train, FeatureMatrix queries, int count, int every)
    {
        UnitRows trainRows = new(train), queryRows = new(queries);
        NearestNeighbours nearest = NearestNeighbours.Search(train, queries, count);
        for (int query = 0; query < queries.Rows; query += every)
        {
            (double Similarity, int Row)[] expected = [.. Enumerable.Range(0, train.Rows)
                .Select(row => (queryRows.Cosine(query, trainRows, row), row)).OrderByDescending(pair => pair.Item1).ThenBy(pair => pair.row).Take(count)];
            Assert.Equal(expected.Select(pair => pair.Row), nearest.Indices(query).ToArray());
            Assert.Equal(expected.Select(pair => pair.Similarity), nearest.Similarities(query).ToArray());
        }
    }
}
