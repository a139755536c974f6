using System.Text.Json;
using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

/// <summary>The schedules together: what is refused, what holds at the end, with accumulation, and in a recipe.</summary>
public class TrainingSchedulesTests
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The reference divides by zero here; one step later it works.</summary>
    [Theory]
    [InlineData(1, 0, "a run of 1 epochs with 0 epochs of warm-up and 0 of cool-down leaves the learning rate no epochs to fall in; it needs 2 or more")]
    [InlineData(6, 5, "a run of 6 epochs with 5 epochs of warm-up and 0 of cool-down leaves the learning rate no epochs to fall in; it needs 7 or more")]
    [InlineData(3, 5, "it needs 7 or more")]
    public void Cosine_without_room_to_fall_is_refused(int epochs, int warmUp, string sentence)
    {
        LearningRateSettings settings = new() { WarmUpEpochs = warmUp };
        Refuse(sentence, () => new LearningRateSchedule(settings, Length(epochs)));
        Assert.Equal(settings.Minimum, new LearningRateSchedule(settings, Length(warmUp + 2)).At(long.MaxValue), 1e-18);
    }

    [Fact]
    public void Constant_rate_needs_no_room_to_fall() => Assert.Equal(1e-3, new LearningRateSchedule(new() { Shape = LearningRateShape.Constant }, Length(1)).At(0));

    [Fact]
    public void Published_warm_up_leaves_one_step_more()
    {
        LearningRateSettings settings = new() { Unit = ScheduleUnit.Step, CountsFromOne = true, WarmUpSteps = 19 };
        Assert.Equal(settings.Minimum, new LearningRateSchedule(settings, Length(2)).At(19), 1e-18);
        Refuse("it needs 21 or more", () => new LearningRateSchedule(settings with { WarmUpSteps = 20 }, Length(2)));
    }

    /// <summary>The reference's cosine goes up again one unit past the end.</summary>
    [Fact]
    public void Steps_past_the_end_have_the_numbers_of_the_last_one()
    {
        TrainingSchedules schedules = new(new() { Unit = ScheduleUnit.Step }, new(), new(), Length(3));
        Assert.NotEqual(schedules.At(28), schedules.At(29));
        Assert.Equal(schedules.At(29), schedules.At(30));
        Assert.Equal(schedules.At(29), schedules.At(long.MaxValue));
    }

    [Fact]
    public void Step_before_the_first_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingSchedules(new(), new(), new(), Length(3)).At(-1));

    /// <summary>10 batches in groups of 3, 3, 3, 1: the batches that complete steps are 2, 5, 8, 9, then 12, ...</summary>
    [Fact]
    public void Momentum_is_read_at_the_batch_that_completes_a_step()
    {
        RunLength length = new(epochs: 4, batchesPerEpoch: 10, batchesPerStep: 3, picturesPerStep: 9);
        Assert.Equal([2, 5, 8, 9, 12, 15, 18, 19, 22], Enumerable.Range(0, 9).Select(step => length.LastBatchOf(step)));
        MomentumSchedule schedule = new(new(), length);
        Assert.Equal(schedule.AtBatch(12), schedule.At(4));
        Assert.Equal(schedule.AtBatch(39), schedule.At(15));
        Assert.Equal(schedule.AtBatch(39), schedule.AtBatch(40));
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Refuse("the learning rate is 0", () => new LearningRateSchedule(new() { Base = 0 }, Length(3)));
        Refuse("the learning rate is NaN", () => new LearningRateSchedule(new() { Base = double.NaN }, Length(3)));
        Refuse("the last learning rate is -1", () => new LearningRateSchedule(new() { Minimum = -1 }, Length(3)));
        Refuse("the warm-up starts at 1.5", () => new LearningRateSchedule(new() { WarmUpStart = 1.5 }, Length(3)));
        Refuse("falls every 0 units", () => new LearningRateSchedule(new() { Every = 0 }, Length(3)));
        Refuse("a fall leaves 0 of", () => new LearningRateSchedule(new() { Factor = 0 }, Length(3)));
        Refuse("the power of the learning rate is -2", () => new LearningRateSchedule(new() { Power = -2 }, Length(3)));
        Refuse("for steps of 0 pictures", () => new LearningRateSchedule(new() { ReferenceBatch = 0 }, Length(3)));
        Refuse("the weight decay starts at -0.1", () => new WeightDecaySchedule(new() { Start = -0.1 }, Length(3)));
        Refuse("the weight decay ends at", () => new WeightDecaySchedule(new() { End = double.PositiveInfinity }, Length(3)));
        Refuse("the momentum goes from 0.996 to 1.1", () => new MomentumSchedule(new() { End = 1.1 }, Length(3)));
    }

    [Fact]
    public void Warm_up_that_fits_no_unit_is_refused()
    {
        Refuse("the warm-up takes 1.5 epochs and the learning rate changes once an epoch", () => new LearningRateSchedule(new() { WarmUpEpochs = 1.5 }, Length(9)));
        Refuse("the warm-up is given in steps and the learning rate changes once an epoch", () => new LearningRateSchedule(new() { WarmUpSteps = 5 }, Length(9)));
        Refuse("the cool-down is given as 1 epochs and as 5 steps", () => new LearningRateSchedule(new() { Unit = ScheduleUnit.Step, CoolDownEpochs = 1, CoolDownSteps = 5 }, Length(9)));
        Refuse("the cool-down takes -1 epochs", () => new LearningRateSchedule(new() { CoolDownEpochs = -1 }, Length(9)));
    }

    [Theory]
    [InlineData(0, 1, 1, 1, "the run has 0 epochs")]
    [InlineData(1, 0, 1, 1, "there are fewer pictures than one batch")]
    [InlineData(1, 1, 0, 1, "0 batches are accumulated")]
    [InlineData(1, 1, 1, 0, "a step has 0 pictures")]
    public void Run_without_steps_is_refused(int epochs, int batches, int accumulated, int pictures, string sentence) =>
        Refuse(sentence, () => new RunLength(epochs, batches, accumulated, pictures));

    [Fact]
    public void Settings_come_back_from_json()
    {
        LearningRateSettings rate = new() { Shape = LearningRateShape.ReciprocalSquareRoot, Unit = ScheduleUnit.Step, WarmUpSteps = 7, BatchScaling = BatchScaling.SquareRoot };
        string json = JsonSerializer.Serialize(rate, SnakeCase);
        Assert.Contains("\"shape\":\"reciprocal-sqrt\"", json, StringComparison.Ordinal);
        Assert.Contains("\"unit\":\"step\"", json, StringComparison.Ordinal);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<LearningRateSettings>(json, SnakeCase), SnakeCase));
        WeightDecaySettings decay = new() { End = null, Curve = Curve.Linear };
        Assert.Equal(decay, JsonSerializer.Deserialize<WeightDecaySettings>(JsonSerializer.Serialize(decay, SnakeCase), SnakeCase));
        MomentumSettings momentum = new() { Start = 0.99 };
        Assert.Equal(momentum, JsonSerializer.Deserialize<MomentumSettings>(JsonSerializer.Serialize(momentum, SnakeCase), SnakeCase));
    }

    private static RunLength Length(int epochs) => new(epochs, batchesPerEpoch: 10, batchesPerStep: 1, picturesPerStep: 32);

    private static void Refuse(string sentence, Func<object> make) => Assert.Contains(sentence, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
