using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>Reports as JSON, as docs/evaluation.md has it: shares from 0 to 1 with all their digits, names in snake case, numbers that JSON does not have as null.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumbers(), new ConfusionRows() },
    };

    /// <summary>Writes a report and a line feed; the stream is not closed.</summary>
    public static void Write(Stream output, EvaluationReport report)
    {
        JsonSerializer.Serialize(output, report, report.GetType(), Options);
        output.Write("\n"u8);
    }

    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }

    // One line for each row, so that a person can read the matrix.
    private sealed class ConfusionRows : JsonConverter<ConfusionMatrix>
    {
        public override ConfusionMatrix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("reports are written, not read.");

        public override void Write(Utf8JsonWriter writer, ConfusionMatrix value, JsonSerializerOptions options)
        {
            IEnumerable<string> rows = Enumerable.Range(0, value.Classes).Select(label =>
                $"    [{string.Join(",", value.Row(label).ToArray().Select(count => count.ToString(CultureInfo.InvariantCulture)))}]");
            writer.WriteRawValue($"[\n{string.Join(",\n", rows)}\n  ]");
        }
    }
}
