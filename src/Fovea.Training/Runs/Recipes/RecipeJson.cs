using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Recipes as JSON: fields in snake case, every field written, unknown ones refused.</summary>
internal static class RecipeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new ImageSizeConverter(), new ChannelStatisticsConverter(), new IntervalConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Write(object recipe) => JsonSerializer.Serialize(recipe, recipe.GetType(), Options) + "\n";

    /// <exception cref="RunException">It is no such recipe; the message names the field.</exception>
    public static T Read<T>(string json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("it is null");
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw RunThrow.BadRecipe(name, failure);
        }
    }

    /// <summary>The recipe with fields replaced: `optimizer.learning_rate.base=0.002`.</summary>
    /// <param name="recipe">Where it starts from.</param>
    /// <param name="settings">`field=value`, with dots between the names; a value is JSON, or text where it is none.</param>
    /// <exception cref="RunException">A field does not exist, or takes no such value.</exception>
    public static T Set<T>(T recipe, IEnumerable<string> settings)
    {
        JsonObject fields = JsonSerializer.SerializeToNode(recipe, Options)!.AsObject();
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw RunThrow.BadSetting(setting, "write field=value");
            Set(fields, setting, setting[..equals].Split('.'), setting[(equals + 1)..]);
            Read<T>(fields.ToJsonString(Options), $"--set {setting}");
        }
        return Read<T>(fields.ToJsonString(Options), "the recipe");
    }

    /// <summary>What distinguishes two recipes, a line for each field: `optimizer.epochs was 100 and is 200`.</summary>
    public static IReadOnlyList<string> Differences<T>(T before, T now)
    {
        Dictionary<string, string> old = Flatten(JsonSerializer.SerializeToNode(before, Options)), other = Flatten(JsonSerializer.SerializeToNode(now, Options));
        return [.. old.Keys.Union(other.Keys).Order(StringComparer.Ordinal)
            .Where(field => old.GetValueOrDefault(field) != other.GetValueOrDefault(field))
            .Select(field => $"{field} was {old.GetValueOrDefault(field, "absent")} and is {other.GetValueOrDefault(field, "absent")}")];
    }

    private static void Set(JsonObject fields, string setting, string[] path, string value)
    {
        JsonObject place = fields;
        foreach (string name in path[..^1])
        {
            place = place[name] as JsonObject ?? throw RunThrow.BadSetting(setting, $"there is no group '{name}'; there are {Names(place.Where(field => field.Value is JsonObject))}");
        }
        // The configuration of a network takes whatever field the network has, and says itself which it has not.
        if (!place.ContainsKey(path[^1]) && path is not [.., "config", _]) throw RunThrow.BadSetting(setting, $"there is no field '{path[^1]}'; there are {Names(place)}");
        place[path[^1]] = Value(value);
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Names(IEnumerable<KeyValuePair<string, JsonNode?>> fields) => string.Join(", ", fields.Select(field => field.Key));

    private static Dictionary<string, string> Flatten(JsonNode? node)
    {
        Dictionary<string, string> flat = [];
        Add("", node);
        return flat;

        void Add(string path, JsonNode? value)
        {
            if (value is JsonObject { Count: > 0 } inner)
            {
                foreach ((string name, JsonNode? field) in inner) Add(path.Length == 0 ? name : $"{path}.{name}", field);
            }
            else
            {
                flat[path] = value?.ToJsonString() ?? "null";
            }
        }
    }

    private sealed class ImageSizeConverter : JsonConverter<ImageSize>
    {
        public override ImageSize Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number) return ImageSize.Parse(reader.GetInt32().ToString(CultureInfo.InvariantCulture));
            return JsonSerializer.Deserialize<int[]>(ref reader, options) is [> 0 and var height, > 0 and var width] ? new ImageSize(height, width) : throw new JsonException("a size is [height, width]");
        }

        public override void Write(Utf8JsonWriter writer, ImageSize value, JsonSerializerOptions options) => writer.WriteRawValue($"[{value.Height}, {value.Width}]");
    }

    private sealed class IntervalConverter : JsonConverter<Pretraining.Interval>
    {
        public override Pretraining.Interval Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<double[]>(ref reader, options) is [var low, var high] ? new(low, high) : throw new JsonException("a range is [least, greatest]");

        public override void Write(Utf8JsonWriter writer, Pretraining.Interval value, JsonSerializerOptions options) =>
            writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{value.Low:R}, {value.High:R}]"));
    }

    private sealed class ChannelStatisticsConverter : JsonConverter<ChannelStatistics>
    {
        public override ChannelStatistics Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            Numbers numbers = JsonSerializer.Deserialize<Numbers>(ref reader, options) ?? throw new JsonException("channels are {\"mean\": [...], \"std\": [...]}");
            return new ChannelStatistics([.. numbers.Mean], [.. numbers.Std]);
        }

        public override void Write(Utf8JsonWriter writer, ChannelStatistics value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Numbers([.. value.Mean], [.. value.Deviation]), options);

        private sealed record Numbers(double[] Mean, double[] Std);
    }
}
