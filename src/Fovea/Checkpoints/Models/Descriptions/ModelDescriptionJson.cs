using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fovea.Networks;

namespace Fovea.Checkpoints;

/// <summary>A model's description as JSON, the same in safetensors metadata, in ONNX metadata and in a run folder (docs/formats.md).</summary>
internal static class ModelDescriptionJson
{
    /// <summary>The metadata key that holds it.</summary>
    public const string Key = "fovea";

    public static JsonObject Write(ModelDescription description)
    {
        JsonObject json = Encoder(description);
        if (description.Detector is { } detector) json["detector"] = Write(detector);
        return json;
    }

    private static JsonObject Write(DetectorConfig detector) => new()
    {
        ["width"] = detector.Width,
        ["depth"] = detector.Depth,
        ["norms_features"] = detector.NormsFeatures,
        ["category_ids"] = new JsonArray([.. detector.CategoryIds.Select(id => (JsonNode)id)]),
    };

    private static JsonObject Encoder(ModelDescription description) => new()
    {
        ["network"] = description.Network,
        ["config"] = VitConfigJson.Difference(description.Config, NamedNetworks.Get(description.Network)),
        ["image_size"] = new JsonArray(description.ImageSize.Height, description.ImageSize.Width),
        ["channels"] = new JsonObject { ["mean"] = Array(description.Channels.Mean), ["std"] = Array(description.Channels.Deviation) },
        ["outputs"] = description.Outputs,
        ["classes"] = Array(description.ClassNames),
        ["stages"] = Array(description.StageNames),
        ["origin"] = description.Origin is { } origin
            ? new JsonObject { ["run"] = origin.Run, ["data"] = origin.Data, ["licence"] = origin.Licence }
            : null,
        ["fovea"] = description.FoveaVersion,
    };

    /// <summary>The description that <paramref name="json"/> holds; stages are not read, since the configuration tells them.</summary>
    /// <exception cref="CheckpointException">Not JSON, a field is missing or of another kind, or the numbers contradict each other.</exception>
    public static ModelDescription Read(string json, string file)
    {
        JsonFields fields = JsonFields.Parse(json, $"{file}: the description of the model");
        string network = fields.Text("network");
        if (NamedNetworks.Find(network) is not { } registered) throw ModelThrow.UnknownNetwork(file, network);
        try
        {
            ModelDescription description = new()
            {
                Network = network,
                Config = fields.OptionalObject("config") is { } overrides ? VitConfigJson.Override(registered, overrides.Node) : registered,
                ImageSize = fields.Size("image_size"),
                Channels = fields.Object("channels").Statistics(),
                Outputs = fields.OptionalInteger("outputs") ?? 0,
                ClassNames = [.. fields.Texts("classes")],
                Origin = fields.OptionalObject("origin") is { } origin ? new(origin.OptionalText("run"), origin.OptionalText("data"), origin.OptionalText("licence")) : null,
                FoveaVersion = fields.OptionalText("fovea"),
                Detector = fields.OptionalObject("detector") is { } detector ? ReadDetector(detector) : null,
            };
            if (description.ClassNames.Length != 0 && description.ClassNames.Length != description.Outputs)
            {
                throw fields.Bad($"names {description.ClassNames.Length} classes for {description.Outputs} outputs");
            }
            VitNetwork built = description.ToNetwork();
            description.Detector?.Check(built);
            if (description.Detector is { } one && one.CategoryIds.Length != description.Outputs) throw fields.Bad($"numbers {one.CategoryIds.Length} classes for {description.Outputs} outputs");
            return description;
        }
        catch (ArgumentException contradiction)
        {
            throw ModelThrow.BadDescription(file, contradiction);
        }
    }

    private static DetectorConfig ReadDetector(JsonFields fields) => new()
    {
        Width = fields.Integer("width"),
        Depth = fields.Integer("depth"),
        NormsFeatures = fields.Flag("norms_features"),
        CategoryIds = [.. fields.Longs("category_ids")],
    };

    private static JsonArray Array(ImmutableArray<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static JsonArray Array(ImmutableArray<string> values) => [.. values.Select(value => (JsonNode)value)];
}
