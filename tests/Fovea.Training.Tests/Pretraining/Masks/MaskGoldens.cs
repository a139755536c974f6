using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>masks.json: examples with their draws, statistics, exact probabilities of block sizes.</summary>
internal static class MaskGoldens
{
    private const string File = "masks.json";

    public static TheoryData<int> Examples()
    {
        TheoryData<int> ids = [];
        foreach (JsonNode? example in Find("examples")?.AsArray() ?? []) ids.Add((int)example!["id"]!);
        return ids;
    }

    /// <summary>The names of an object's members.</summary>
    public static TheoryData<string> Names(string member)
    {
        TheoryData<string> names = [];
        foreach ((string name, JsonNode? _) in Find(member)?.AsObject() ?? []) names.Add(name);
        return names;
    }

    public static JsonNode Read() => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(TestFolders.Golden("ijepa"), File)))!;

    /// <summary>The documented parameters.</summary>
    public static MaskSettings Documented() => Settings(Read()["documented_parameters"]!);

    /// <summary>The parameters of an example, for the reference's sampler.</summary>
    public static MaskSettings Settings(JsonNode parameters) => new()
    {
        Sampler = MaskSamplerKind.Compat,
        ContextScale = Interval(parameters["enc_mask_scale"]!),
        TargetScale = Interval(parameters["pred_mask_scale"]!),
        TargetAspect = Interval(parameters["aspect_ratio"]!),
        ContextBlocks = (int)parameters["n_enc"]!,
        TargetBlocks = (int)parameters["n_pred"]!,
        MinKeep = (int)parameters["min_keep"]!,
        AllowsOverlap = (bool)parameters["allow_overlap"]!,
    };

    public static PatchGrid Grid(JsonNode pair) => new((int)pair[0]!, (int)pair[1]!);

    public static long[] Integers(JsonNode list) => [.. list.AsArray().Select(value => (long)value!)];

    public static double[] Doubles(JsonNode list) => [.. list.AsArray().SelectMany(value => value is JsonArray row ? Doubles(row) : [(double)value!])];

    private static Interval Interval(JsonNode pair) => new((double)pair[0]!, (double)pair[1]!);

    private static JsonNode? Find(string member) =>
        TestFolders.FindGolden("ijepa") is { } folder ? JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder, File)))![member] : null;
}
