using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

/// <summary>schedules.json: what the reference's schedulers gave, and what the published ones give.</summary>
internal static class ScheduleGoldens
{
    private const double Relative = 1e-10;                                  // the reference computes recursively: 2e-14 apart

    public static TheoryData<string> Names(string list)
    {
        TheoryData<string> names = [];
        if (TestFolders.FindGolden("ijepa") is { } folder)
        {
            foreach (JsonNode? entry in Read(folder)[list]!.AsArray()) names.Add((string)entry!["name"]!);
        }
        return names;
    }

    public static JsonNode Entry(string list, string name) => Read(TestFolders.Golden("ijepa"))[list]!.AsArray().First(entry => (string)entry!["name"]! == name)!;

    /// <summary>The values of a list by their numbers: all of them in `name`, or some in `name_at`.</summary>
    public static IEnumerable<(long Index, double Value)> Values(JsonNode entry, string name)
    {
        if (entry[name] is JsonArray all) return all.Select((value, index) => ((long)index, (double)value!));
        return entry[$"{name}_at"]!.AsArray().Select(pair => ((long)pair![0]!, (double)pair[1]!));
    }

    public static void Check(string what, double golden, double found) =>
        Assert.True(Math.Abs(found - golden) <= Relative * Math.Abs(golden), $"{what}: {found:R}, golden {golden:R}");

    /// <summary>The reference's options as our settings.</summary>
    public static LearningRateSettings LearningRate(JsonNode options)
    {
        bool perStep = (string)options["lr_scheduler_update"]! == "step";
        return new()
        {
            Base = (double)options["lr"]!,
            ReferenceBatch = (int?)options["lr_scale"],
            BatchScaling = Named<BatchScaling>(options["lr_scale_type"]!),
            Unit = perStep ? ScheduleUnit.Step : ScheduleUnit.Epoch,
            WarmUpStart = (double)options["lr_warmup_decay"]!,
            WarmUpEpochs = (double?)options["warmup_epochs"] ?? 0,
            WarmUpSteps = (int?)options["warmup_steps"],
            Shape = Named<LearningRateShape>(options["lr_scheduler"]!),
            Minimum = (double)options["lr_cosine_min"]!,
            Every = (int)options["lr_step_size"]!,
            Milestones = [.. options["lr_steps"]?.AsArray().Select(step => (int)step!) ?? []],
            Factor = (double)options["lr_step_gamma"]!,
            Power = (double)options["lr_power"]!,
            CoolDownEpochs = (double?)options["cooldown_epochs"] ?? 0,
            CoolDownSteps = (int?)options["cooldown_steps"],
        };
    }

    public static RunLength Length(JsonNode options)
    {
        int accumulated = (int)options["grad_accum_steps"]!;
        RunLength length = new((int)options["epochs"]!, (int)options["batches_per_epoch"]!, accumulated, (int)options["batch_size"]! * (int)options["world_size"]! * accumulated);
        Assert.Equal((int)options["optimizer_steps_per_epoch"]!, length.StepsPerEpoch);
        return length;
    }

    // Enumerations are stored under the reference's names.
    private static TEnum Named<TEnum>(JsonNode name)
        where TEnum : struct, Enum => JsonSerializer.Deserialize<TEnum>(name.ToJsonString());

    private static JsonNode Read(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "schedules.json")))!;
}
