using System.Globalization;
using System.Text.Json;
using Fovea.Hub;

namespace Fovea.Cli.Outputs.Reports;

/// <summary>What `fovea models` prints, for people and as JSON (docs/formats.md).</summary>
internal static class ModelList
{
    private static readonly string[] Heads = ["name", "network", "MiB", "pictures", "outputs", "downloaded"];

    // Numbers are read from their end.
    private static readonly bool[] IsNumber = [false, false, true, true, true, false];

    public static void WriteText(TextWriter text, ModelHub hub)
    {
        string[][] rows = [Heads, .. from model in hub.Registry.Models from file in model.Files select Row(model, file, hub)];
        int[] widths = [.. Heads.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => IsNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.WriteLine(string.Join("  ", cells).TrimEnd());
        }
        text.Flush();
    }

    public static void WriteJson(Stream output, ModelHub hub)
    {
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartArray();
            foreach (PublishedModel model in hub.Registry.Models) WriteModel(json, model, hub);
            json.WriteEndArray();
        }
        output.Write("\n"u8);
        output.Flush();
    }

    private static string[] Row(PublishedModel model, PublishedFile file, ModelHub hub) =>
    [
        model.Name,
        model.Network,
        file.Mebibytes.ToString("F1", CultureInfo.InvariantCulture),
        model.ImageSize.ToString(),
        model.Outputs > 0 ? model.Outputs.ToString(CultureInfo.InvariantCulture) : "-",
        File.Exists(hub.PathOf(file)) ? "yes" : "",
    ];

    private static void WriteModel(Utf8JsonWriter json, PublishedModel model, ModelHub hub)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("network", model.Network);
        json.WriteString("tag", model.Tag);
        json.WriteString("task", model.Task);
        json.WriteStartArray("image_size");
        json.WriteNumberValue(model.ImageSize.Height);
        json.WriteNumberValue(model.ImageSize.Width);
        json.WriteEndArray();
        json.WriteNumber("outputs", model.Outputs);
        json.WriteNumber("parameters", model.ParameterCount);
        json.WriteStartArray("files");
        foreach (PublishedFile file in model.Files)
        {
            json.WriteStartObject();
            json.WriteString("format", file.Format);
            json.WriteNumber("size_mib", file.Mebibytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteString("url", file.Address.AbsoluteUri);
            json.WriteString("path", hub.PathOf(file));
            json.WriteBoolean("downloaded", File.Exists(hub.PathOf(file)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
