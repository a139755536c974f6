using Fovea.Training.Optimization;
using Fovea.Training.Runs.Progress;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tests.Runs.Metrics;

namespace Fovea.Training.Tests.Runs.Progress;

/// <summary>A run of 10 epochs of 100 steps of 64 pictures.</summary>
public class TrainingProgressTests
{
    private static readonly RunLength Length = new(epochs: 10, batchesPerEpoch: 100, batchesPerStep: 1, picturesPerStep: 64);

    private readonly FixedTime _time = new();

    [Fact]
    public void Line_says_where_the_run_stands_and_what_its_rates_are() => Assert.Equal(
        "step 250 of 1,000, epoch 3 of 10, 160.0 pictures/s, loss 0.1834, rate 8.5e-4, decay 0.04, momentum 0.99600",
        After(step: 250, seconds: 100).ToString());

    [Theory]
    [InlineData(100, "0:05:00")]
    [InlineData(100_000, "83:20:00")]
    [InlineData(1, "0:00:03")]
    public void Time_left_is_the_rest_at_the_rate_so_far(int seconds, string left) => Assert.Equal(left, After(step: 250, seconds).LeftText);

    [Fact]
    public void Nothing_is_left_at_the_end() => Assert.Equal("0:00:00", After(step: 1000, seconds: 100).LeftText);

    [Fact]
    public void Rate_and_time_left_count_from_this_start_of_the_run()
    {
        Throughput throughput = new(_time, pictures: 200 * 64);
        _time.Passed = TimeSpan.FromSeconds(10);
        StepReport report = Report(250);
        throughput.Add(report);
        Assert.Equal(50 * 64 / 10.0, TrainingProgress.Of(report, throughput, Length).PicturesPerSecond);
    }

    private TrainingProgress After(long step, int seconds)
    {
        Throughput throughput = new(_time, pictures: 0);
        _time.Passed = TimeSpan.FromSeconds(seconds);
        StepReport report = Report(step);
        throughput.Add(report);
        return TrainingProgress.Of(report, throughput, Length);
    }

    private static StepReport Report(long step) => new(step, Epoch: step / 100, EndsEpoch: false, Loss: 0.18344, new ScheduleValues(8.5e-4, 0.04, 0.996), GradientNorm: null, Pictures: 64 * step, TimeSpan.Zero, []);
}
