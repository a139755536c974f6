using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Training;

namespace Fovea.Training.Tests.Runs;

public class ModelSelectionTests
{
    private static readonly Metric Score = KnownMetrics.KnnTop1;

    [Fact]
    public void Best_is_the_highest_and_of_equal_ones_the_earlier() => Assert.Equal(new MetricPoint(20, 0.7), new ModelSelection(Score).Best(History((10, 0.5), (20, 0.7), (30, 0.7), (40, 0.6))));

    [Fact]
    public void Look_before_the_training_does_not_count() => Assert.Equal(10, new ModelSelection(Score).Best(History((0, 0.9), (10, 0.5)))!.Value.Step);

    [Fact]
    public void Any_model_serves_until_somebody_looks()
    {
        ModelSelection selection = new(Score);
        Assert.True(selection.IsBest(History((0, 0.9)), 7));
        Assert.True(selection.IsBest(History((10, 0.5)), 10));
        Assert.False(selection.IsBest(History((10, 0.5)), 12));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Patience_counts_the_looks_since_the_best(int patience, bool isExhausted) =>
        Assert.Equal(isExhausted, new ModelSelection(Score, patience).IsExhausted(History((10, 0.5), (20, 0.7), (30, 0.7), (40, 0.6))));

    [Fact]
    public void Without_patience_a_run_never_ends_early() => Assert.False(new ModelSelection(Score).IsExhausted(History([.. Enumerable.Range(1, 99).Select(step => (step, -step * 1.0))])));

    [Fact]
    public void Figure_that_is_no_number_is_never_the_best() => Assert.Equal(20, new ModelSelection(Score).Best(History((10, double.NaN), (20, 0.1)))!.Value.Step);

    private static MetricsHistory History(params (int Step, double Value)[] looks) => new(looks.Select(look => new MetricsLine(look.Step, 0, Score.Of(look.Value))));
}
