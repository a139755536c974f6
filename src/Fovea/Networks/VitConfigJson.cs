using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fovea.Networks;

/// <summary>Configurations as JSON under the reference's field names; overrides replace fields one by one, unknown ones are refused.</summary>
internal static class VitConfigJson
{
    // Generated deserialisation of init-only properties forgets their defaults, so every field is always written out first.
    private static readonly VitConfig Defaults = new() { PatchSize = 0, Depth = 0, Heads = 0, Width = 0, MlpWidth = 0, DropPathRate = 0 };

    /// <summary>The configuration of these fields, defaults for those that are absent.</summary>
    /// <exception cref="ArgumentException">A field is unknown or its value of the wrong kind.</exception>
    public static VitConfig Parse(JsonObject fields) => Override(Defaults, fields);

    /// <summary>The configuration with the fields of <paramref name="overrides"/> replaced.</summary>
    /// <exception cref="ArgumentException">A field is unknown or its value of the wrong kind.</exception>
    public static VitConfig Override(VitConfig config, JsonObject overrides)
    {
        JsonObject fields = Fields(config);
        foreach ((string field, JsonNode? value) in overrides)
        {
            if (!fields.ContainsKey(field))
            {
                throw new ArgumentException(
                    $"the network configuration has a field '{field}', which no Vision Transformer has; the fields are {string.Join(", ", fields.Select(known => known.Key))}");
            }
            fields[field] = value?.DeepClone();
        }
        try
        {
            return fields.Deserialize(VitConfigContext.Default.VitConfig)!;
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"the network configuration has a value that cannot be read at {exception.Path}.", exception);
        }
    }

    /// <summary>What distinguishes <paramref name="config"/> from <paramref name="registered"/>; empty when nothing does.</summary>
    public static JsonObject Difference(VitConfig config, VitConfig registered)
    {
        JsonObject fields = Fields(config);
        foreach ((string field, JsonNode? value) in Fields(registered))
        {
            if (JsonNode.DeepEquals(fields[field], value)) fields.Remove(field);
        }
        return fields;
    }

    private static JsonObject Fields(VitConfig config) => JsonSerializer.SerializeToNode(config, VitConfigContext.Default.VitConfig)!.AsObject();
}

[JsonSerializable(typeof(VitConfig))]
internal sealed partial class VitConfigContext : JsonSerializerContext;
