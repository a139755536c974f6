using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fovea.Checkpoints;

/// <summary>A JSON object that came with a model file: fields are asked for by kind, and what does not fit is refused with its place.</summary>
internal readonly struct JsonFields
{
    private const int Deepest = 64;

    private readonly string _place;

    public JsonFields(JsonObject node, string place)
    {
        Node = node;
        _place = place;
    }

    public JsonObject Node { get; }

    /// <exception cref="CheckpointException">The text is no JSON object.</exception>
    public static JsonFields Parse(string json, string place)
    {
        try
        {
            byte[] text = Encoding.UTF8.GetBytes(json);
            ReadTexts(text);
            JsonNode? node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            return new JsonFields(node as JsonObject ?? throw ModelThrow.BadField(place, "is no JSON object"), place);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw ModelThrow.BadField(place, $"is no valid JSON ({failure.Message.TrimEnd('.')})");
        }
    }

    public CheckpointException Bad(string what) => ModelThrow.BadField(_place, what);

    public JsonFields? OptionalObject(string field) => Node[field] is null ? null : Object(field);

    public JsonFields Object(string field) => Required(field) is JsonObject child
        ? new JsonFields(child, $"{_place}, field '{field}',")
        : throw Wrong(field, "an object");

    public string Text(string field) => OptionalText(field) ?? throw Missing(field);

    public string? OptionalText(string field) => Node[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Wrong(field, "a text"),
    };

    public int? OptionalInteger(string field) => Node[field] is { } value ? Integer(value, field) : null;

    public int Integer(string field) => OptionalInteger(field) ?? throw Missing(field);

    public bool Flag(string field) => Required(field) is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(field, "true or false");

    public IEnumerable<long> Longs(string field)
    {
        foreach (JsonNode? item in OptionalArray(field)) yield return item is JsonValue value && value.TryGetValue(out long number) ? number : throw Wrong(field, "a list of whole numbers");
    }

    public IEnumerable<string> Texts(string field)
    {
        foreach (JsonNode? item in OptionalArray(field))
        {
            yield return item is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(field, "a list of texts");
        }
    }

    public IEnumerable<int> Integers(string field)
    {
        foreach (JsonNode? item in OptionalArray(field)) yield return Integer(item, field);
    }

    /// <summary>[height, width].</summary>
    public ImageSize Size(string field)
    {
        int[] sides = [.. Integers(field)];
        return sides.Length == 2 ? new ImageSize(sides[0], sides[1]) : throw Wrong(field, "[height, width]");
    }

    /// <summary>The fields `mean` and `std`.</summary>
    public ChannelStatistics Statistics()
    {
        try
        {
            return new ChannelStatistics([.. Numbers("mean")], [.. Numbers("std")]);
        }
        catch (ArgumentException contradiction)
        {
            throw Bad($"cannot be used: {contradiction.Message.TrimEnd('.')}");
        }
    }

    // Half a surrogate pair, "\ud800", passes the parser and throws where the text is first looked at: so all texts are looked at here.
    private static void ReadTexts(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
        }
    }

    private IEnumerable<double> Numbers(string field)
    {
        foreach (JsonNode? item in Required(field) as JsonArray ?? throw Wrong(field, "a list"))
        {
            yield return item switch
            {
                JsonValue value when value.TryGetValue(out double number) => number,
                JsonValue value when value.TryGetValue(out long whole) => whole,
                _ => throw Wrong(field, "a list of numbers"),
            };
        }
    }

    private JsonArray OptionalArray(string field) => Node[field] is not { } node ? [] : node as JsonArray ?? throw Wrong(field, "a list");

    private JsonNode Required(string field) => Node[field] ?? throw Missing(field);

    // Parsed text gives any type that it fits, a value made in memory only its own: a pickle's integers are long.
    private int Integer(JsonNode? node, string field) => node switch
    {
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out long number) && number == (int)number => (int)number,
        _ => throw Wrong(field, "a whole number"),
    };

    private CheckpointException Missing(string field) => Bad($"has no field '{field}'");

    private CheckpointException Wrong(string field, string kind) => Bad($"has a field '{field}' that is not {kind}");
}
