using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fovea.Cli.CommandLine;

/// <summary>How the tool writes JSON: one line, letters of all languages as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Readable { get; } = new(JsonSerializerDefaults.General) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
