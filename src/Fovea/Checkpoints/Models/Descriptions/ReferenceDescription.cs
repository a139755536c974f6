using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Networks;

namespace Fovea.Checkpoints;

/// <summary>
/// What the reference stores beside a state dictionary: task, signature, class_to_idx, rgb_stats and config, as values of a `.pt`
/// dictionary or as JSON texts in safetensors metadata. Neither holds the network's name.
/// </summary>
internal sealed class ReferenceDescription
{
    private const string Supported = "image_classification";

    private static readonly string[] Fields = ["signature", "rgb_stats", "class_to_idx", "config", "task"];

    private readonly string _file;
    private readonly JsonFields _fields;
    private readonly int[] _input;

    private ReferenceDescription(string file, JsonObject fields)
    {
        _file = file;
        _fields = new JsonFields(fields, $"{file}: the model's dictionary");
        if (_fields.OptionalText("task") is { } task && task != Supported) throw ModelThrow.OtherTask(file, task);
        _input = Shape("inputs", 4);
    }

    /// <summary>The description in a `.pt` file, or null when it holds a bare state dictionary.</summary>
    public static ReferenceDescription? Find(string file, DictionaryValue root)
    {
        if (root.Find("state") is not DictionaryValue) return null;
        JsonObject fields = [];
        foreach (string field in Fields) fields[field] = PickleJson.Of(root.Find(field));
        return new ReferenceDescription(file, fields);
    }

    /// <summary>The description in safetensors metadata, or null when the reference did not write it.</summary>
    public static ReferenceDescription? Find(string file, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.ContainsKey("signature")) return null;
        JsonObject fields = [];
        foreach (string field in Fields)
        {
            if (!metadata.TryGetValue(field, out string? text) || text.Length == 0) continue;
            fields[field] = field == "task" ? text : JsonFields.Parse(text, $"{file}: metadata '{field}'").Node;
        }
        return new ReferenceDescription(file, fields);
    }

    public ImageSize ImageSize => new(_input[2], _input[3]);

    public int Channels => _input[1];

    public int Outputs => Shape("outputs", 2)[1];

    /// <summary>The registered configuration with the fields of the file's own in their place.</summary>
    /// <exception cref="CheckpointException">It has a field that no Vision Transformer has, or a value of another kind.</exception>
    public VitConfig Configure(VitConfig registered)
    {
        if (_fields.OptionalObject("config") is not { } overrides) return registered;
        try
        {
            return VitConfigJson.Override(registered, overrides.Node);
        }
        catch (ArgumentException contradiction)
        {
            throw ModelThrow.BadDescription(_file, contradiction);
        }
    }

    public ModelDescription For(string network) => new()
    {
        Network = network,
        Config = Configure(NamedNetworks.Get(network)),
        ImageSize = ImageSize,
        Channels = _fields.Object("rgb_stats").Statistics(),
        Outputs = Outputs,
        ClassNames = [.. ClassNames()],
    };

    // {"inputs": [{"data_shape": [0, channels, height, width]}], "outputs": [{"data_shape": [0, outputs]}]}; the 0 is the batch.
    private int[] Shape(string side, int rank)
    {
        JsonFields signature = _fields.Object("signature");
        if ((signature.Node[side] as JsonArray)?.FirstOrDefault() is not JsonObject first) throw signature.Bad($"has no '{side}'");
        int[] shape = [.. new JsonFields(first, $"{_file}: the signature's '{side}'").Integers("data_shape")];
        return shape.Length == rank ? shape : throw signature.Bad($"has '{side}' of {shape.Length} dimensions instead of {rank}");
    }

    // The dictionary maps names to outputs in any order and may leave some out; those are called by their number.
    private string[] ClassNames()
    {
        if (_fields.OptionalObject("class_to_idx") is not { } classes || classes.Node.Count == 0) return [];
        string?[] names = new string?[Outputs];
        foreach ((string name, JsonNode? value) in classes.Node)
        {
            int index = classes.OptionalInteger(name) ?? -1;
            if (index < 0 || index >= names.Length) throw classes.Bad($"gives class '{name}' output {value}, but there are {names.Length}");
            names[index] = name;
        }
        return [.. names.Select((name, index) => name ?? index.ToString(CultureInfo.InvariantCulture))];
    }
}
