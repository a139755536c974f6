using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports;

public class TrainingTimeTests
{
    [Fact]
    public void Every_reading_counts_for_the_steps_since_the_one_before() =>
        Assert.Equal(TimeSpan.FromSeconds(10 * 64 / 32.0 + 30 * 64 / 64.0), TrainingTime.Of(History((10, 32), (40, 64)), picturesPerStep: 64));

    [Fact]
    public void Reading_that_is_no_rate_leaves_its_steps_to_the_next_one() =>
        Assert.Equal(TimeSpan.FromSeconds(40), TrainingTime.Of(History((10, double.NaN), (20, 0), (40, 64)), picturesPerStep: 64));

    [Fact]
    public void Run_without_readings_has_taken_no_time() => Assert.Equal(TimeSpan.Zero, TrainingTime.Of(new MetricsHistory(), picturesPerStep: 64));

    private static MetricsHistory History(params (long Step, double Rate)[] readings) =>
        new(readings.Select(reading => new MetricsLine(reading.Step, 0, KnownMetrics.ImagesPerSecond.Of(reading.Rate))));
}
