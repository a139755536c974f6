using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Retrieval;

public class RetrievalEvaluationTests
{
    /// <summary>More gallery samples than one block, and many ties.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Average_precision_equals_that_of_a_plain_sort(bool isCoarse)
    {
        const int Gallery = 4096 + 50, Queries = 256 + 20, Width = 4;
        Func<int, ulong, float[]> draw = isCoarse ? DrawnFeatures.Coarse : DrawnFeatures.Normal;
        FeatureSet gallery = DrawnFeatures.Set(draw(Gallery * Width, 1), Width, [.. Enumerable.Range(0, Gallery).Select(row => row % 7)]);
        FeatureSet queries = DrawnFeatures.Set(draw(Queries * Width, 2), Width, [.. Enumerable.Range(0, Queries).Select(row => row % 7)]);
        RetrievalReport report = RetrievalEvaluation.Evaluate(gallery, queries, new());
        int[] checkedQueries = [.. Enumerable.Range(0, Queries).Where(query => query % 25 == 0)];
        double[] expected = [.. checkedQueries.Select(query => Plain(gallery, queries, query))];
        GoldenJson.Near("average precision", expected, [.. checkedQueries.Select(query => report.AveragePrecisions[query])], 1e-12);
    }

    [Fact]
    public void Set_searched_within_itself_leaves_the_query_out()
    {
        FeatureSet set = DrawnFeatures.Set([1, 0, 1, 0.1f, 0, 1, 0.1f, 1], 2, [0, 1, 0, 1]);
        RetrievalReport report = RetrievalEvaluation.Evaluate(set, set, new());
        Assert.True(report.LeavesOneOut);
        // The nearest has the other class; the one of the same is third for the axes and second for what lies between them.
        GoldenJson.Near("average precision", [1.0 / 3, 0.5, 1.0 / 3, 0.5], report.AveragePrecisions);
        Assert.Equal(0, report.Recall[0].Share.Value);
        Assert.Equal(1, report.Recall[1].Share.Value);
    }

    [Fact]
    public void Query_with_nothing_to_find_is_refused_by_name_or_counted_and_left_out()
    {
        FeatureSet gallery = DrawnFeatures.Set([1, 0, 0, 1], 2, [0, 1]), queries = DrawnFeatures.Set([1, 0, 0, 1], 2, [0, 5]);
        EvaluationException refused = Assert.Throws<EvaluationException>(() => RetrievalEvaluation.Evaluate(gallery, queries, new()));
        Assert.Contains("sample 1: no other sample of its class 5", refused.Message, StringComparison.Ordinal);
        RetrievalReport report = RetrievalEvaluation.Evaluate(gallery, queries, new RetrievalOptions { SkipsEmpty = true });
        Assert.Equal(1, report.Skipped);
        Assert.Equal(1, report.MeanAveragePrecision.Value);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FeatureSet set = DrawnFeatures.Clouds(30, 4, 2, 1, 1);
        Assert.Throws<ArgumentException>(() => RetrievalEvaluation.Evaluate(set, set, new RetrievalOptions { Ranks = [0] }));
    }

    private static double Plain(FeatureSet gallery, FeatureSet queries, int query)
    {
        UnitRows galleryRows = new(gallery.Features), queryRows = new(queries.Features);
        int[] order = [.. Enumerable.Range(0, gallery.Count).OrderByDescending(row => queryRows.Cosine(query, galleryRows, row)).ThenBy(row => row)];
        int[] ranks = [.. order.Index().Where(pair => gallery.Labels[pair.Item] == queries.Labels[query]).Select(pair => pair.Index + 1)];
        return RetrievalEvaluation.AveragePrecision(ranks);
    }
}
