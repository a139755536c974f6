using System.Text.Json.Nodes;
using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

/// <summary>Learning rate, weight decay and momentum against schedules.json.</summary>
public class ScheduleGoldenTests
{
    public static TheoryData<string> Settings => ScheduleGoldens.Names("settings");

    public static TheoryData<string> Published => ScheduleGoldens.Names("published_method");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Settings))]
    public void Learning_rate_equals_the_reference(string name)
    {
        (JsonNode entry, JsonNode options) = Entry("settings", name);
        LearningRateSettings settings = ScheduleGoldens.LearningRate(options);
        RunLength length = ScheduleGoldens.Length(options);
        LearningRateSchedule schedule = new(settings, length);
        foreach ((long unit, double rate) in ScheduleGoldens.Values(entry, "lr"))
        {
            (long first, long last) = settings.Unit == ScheduleUnit.Epoch ? (unit * length.StepsPerEpoch, (unit + 1) * length.StepsPerEpoch - 1) : (unit, unit);
            ScheduleGoldens.Check($"{name}, {settings.Unit} {unit}, step {first}", rate, schedule.At(first));
            ScheduleGoldens.Check($"{name}, {settings.Unit} {unit}, step {last}", rate, schedule.At(last));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Settings))]
    public void Weight_decay_equals_the_reference(string name)
    {
        (JsonNode entry, JsonNode options) = Entry("settings", name);
        RunLength length = ScheduleGoldens.Length(options);
        WeightDecaySchedule schedule = new(new() { Start = (double)options["wd"]!, End = (double?)options["wd_end"] }, length);
        if (options["wd_end"] is null)
        {
            Assert.All(Enumerable.Range(0, (int)length.Steps), step => Assert.Equal((double)options["wd"]!, schedule.At(step)));
            return;
        }
        foreach ((long epoch, double decay) in ScheduleGoldens.Values(entry, "weight_decay_by_epoch"))
        {
            ScheduleGoldens.Check($"{name}, first step of epoch {epoch}", decay, schedule.At(epoch * length.StepsPerEpoch));
            ScheduleGoldens.Check($"{name}, last step of epoch {epoch}", decay, schedule.At((epoch + 1) * length.StepsPerEpoch - 1));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Settings))]
    public void Momentum_equals_the_reference(string name)
    {
        (JsonNode entry, JsonNode options) = Entry("settings", name);
        MomentumSchedule schedule = new(new() { Start = (double)options["ema_start"]!, End = (double)options["ema_end"]! }, ScheduleGoldens.Length(options));
        foreach ((long batch, double momentum) in ScheduleGoldens.Values(entry, "momentum")) ScheduleGoldens.Check($"{name}, batch {batch}", momentum, schedule.AtBatch(batch));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Published))]
    public void Published_schedules_are_those_of_the_authors(string name)
    {
        (JsonNode entry, JsonNode options) = Entry("published_method", name);
        double rate = (double)options["lr"]!;
        TrainingSchedules schedules = new(
            new()
            {
                Base = rate,
                Minimum = (double)options["final_lr"]!,
                Unit = ScheduleUnit.Step,
                CountsFromOne = true,
                WarmUpStart = (double)options["start_lr"]! / rate,
                WarmUpEpochs = (double)options["warmup_epochs"]!,
            },
            new() { Start = (double)options["wd"]!, End = (double)options["wd_end"]!, Unit = ScheduleUnit.Step, CountsFromOne = true },
            new() { Start = (double)options["ema"]![0]!, End = (double)options["ema"]![1]!, Curve = Curve.Linear },
            new RunLength((int)options["epochs"]!, (int)options["iterations_per_epoch"]!, 1, 1));
        foreach ((long step, double golden) in ScheduleGoldens.Values(entry, "lr")) ScheduleGoldens.Check($"{name}, rate of step {step}", golden, schedules.At(step).LearningRate);
        foreach ((long step, double golden) in ScheduleGoldens.Values(entry, "weight_decay")) ScheduleGoldens.Check($"{name}, decay of step {step}", golden, schedules.At(step).WeightDecay);
        foreach ((long step, double golden) in ScheduleGoldens.Values(entry, "momentum")) ScheduleGoldens.Check($"{name}, momentum of step {step}", golden, schedules.At(step).Momentum);
    }

    private static (JsonNode Entry, JsonNode Options) Entry(string list, string name)
    {
        JsonNode entry = ScheduleGoldens.Entry(list, name);
        return (entry, entry["settings"]!);
    }
}
