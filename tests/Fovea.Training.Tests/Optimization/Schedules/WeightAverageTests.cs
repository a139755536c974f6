using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

public class WeightAverageTests
{
    private static readonly LearningRateSettings NoWarmUp = new() { Unit = ScheduleUnit.Step };

    /// <summary>The example of the reference's rule: batch 32, every 32 steps, 100 epochs, decay 0.9999.</summary>
    [Fact]
    public void Decay_is_scaled_as_the_reference_scales_it() =>
        Assert.Equal(0.998976, new WeightAverageSchedule(new WeightAverageSettings { Decay = 0.9999 }, NoWarmUp, new RunLength(100, 1000, 1, 32)).Kept, 12);

    [Fact]
    public void Accumulation_does_not_count() =>
        Assert.Equal(0.998976, new WeightAverageSchedule(new WeightAverageSettings { Decay = 0.9999 }, NoWarmUp, new RunLength(100, 1000, 4, 128)).Kept, 12);

    [Fact]
    public void First_update_copies_and_the_others_keep_their_share()
    {
        WeightAverageSchedule average = new(new WeightAverageSettings { Decay = 0.9, Every = 3 }, NoWarmUp, new RunLength(10, 10, 1, 2));
        Assert.Equal([1, 1, 0, 1, 1, average.Kept, 1, 1, average.Kept], Enumerable.Range(0, 9).Select(step => average.At(step)));
        Assert.Equal(1 - 0.1 * 2 * 3 / 10, average.Kept, 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void Updates_of_the_warm_up_copy(int? own)
    {
        LearningRateSettings rate = new() { Unit = ScheduleUnit.Step, WarmUpEpochs = own is null ? 0.4 : 0 };
        WeightAverageSchedule average = new(new WeightAverageSettings { Decay = 0.9, Every = 1, WarmUpSteps = own }, rate, new RunLength(10, 10, 1, 2));
        Assert.Equal([0, 0, 0, 0, average.Kept], Enumerable.Range(0, 5).Select(step => average.At(step)));
    }

    [Theory]
    [InlineData(1.5, 1)]
    [InlineData(0.9, 0)]
    public void Numbers_outside_of_their_range_are_refused(double decay, int every) =>
        Assert.Throws<ArgumentException>(() => new WeightAverageSchedule(new WeightAverageSettings { Decay = decay, Every = every }, NoWarmUp, new RunLength(1, 1, 1, 1)));
}
