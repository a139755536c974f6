using System.Text.Json;

namespace Fovea.Training.Runs.Reports;

/// <summary>A name and its value, as a table shows them.</summary>
/// <param name="Name">Dots separate groups: `optimizer.epochs`.</param>
/// <param name="Value">As text.</param>
internal sealed record ReportField(string Name, string Value)
{
    /// <summary>Every field of a JSON document, in its order: objects become groups, lists one value.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static IReadOnlyList<ReportField> OfJson(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<ReportField> fields = [];
        Add("", document.RootElement, fields);
        return fields;
    }

    private static void Add(string path, JsonElement value, List<ReportField> fields)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.Add(new ReportField(path, Text(value)));
            return;
        }
        foreach (JsonProperty property in value.EnumerateObject()) Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, fields);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "none",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.GetRawText(),
    };
}
