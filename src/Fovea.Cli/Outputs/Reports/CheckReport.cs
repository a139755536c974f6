using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Hub;

namespace Fovea.Cli.Outputs.Reports;

/// <summary>What `fovea info --check` prints, for people and as JSON (docs/formats.md).</summary>
internal static class CheckReport
{
    /// <summary>One line per fact: `ok`, `differs` or `note`, its name, what was found.</summary>
    public static void WriteText(TextWriter text, string path, IReadOnlyList<CheckedFact> facts)
    {
        text.WriteLine($"file     {path}");
        int width = facts.Max(fact => fact.Name.Length);
        foreach (CheckedFact fact in facts) text.WriteLine($"{Word(fact.Outcome),-7}  {fact.Name.PadRight(width)}  {fact.Text}");
        text.Flush();
    }

    public static void WriteJson(Stream output, string path, IReadOnlyList<CheckedFact> facts)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteStartArray("checks");
            foreach (CheckedFact fact in facts)
            {
                json.WriteStartObject();
                json.WriteString("name", fact.Name);
                json.WriteString("outcome", Word(fact.Outcome));
                json.WriteString("text", fact.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
        output.Flush();
    }

    private static string Word(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Agrees => "ok",
        CheckOutcome.Differs => "differs",
        _ => "note",
    };
}
