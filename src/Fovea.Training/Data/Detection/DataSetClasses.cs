using System.Text.Json;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>What an `_info.json` says beyond its archives: names of classes, and a split's COCO file.</summary>
/// <param name="Classes">In the order of their index; null: it does not tell.</param>
/// <param name="AnnotationFiles">Paths of the COCO files of the splits taken; empty: annotations lie in the archives.</param>
internal sealed record DataSetClasses(IReadOnlyList<string>? Classes, IReadOnlyList<string> AnnotationFiles)
{
    /// <summary>What a source has: nothing, unless it is an `_info.json`.</summary>
    /// <exception cref="AnnotationException">The file is no JSON.</exception>
    public static DataSetClasses Of(DataSource source)
    {
        if (!File.Exists(source.Path) || !Fovea.Images.NameRules.IsInfo(source.Path)) return new DataSetClasses(null, []);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(source.Path));
            string folder = Path.GetDirectoryName(source.Path) ?? "";
            return new DataSetClasses(
                document.RootElement.TryGetProperty("classes", out JsonElement classes) && classes.ValueKind == JsonValueKind.Array ? [.. classes.EnumerateArray().Select(name => name.ToString())] : null,
                [.. source.Splits.Select(split => FileOf(document.RootElement, split)).OfType<string>().Select(file => Path.Combine(folder, file))]);
        }
        catch (JsonException failure)
        {
            throw AnnotationThrow.NotJson(source.Path, failure);
        }
    }

    private static string? FileOf(JsonElement root, string split) =>
        root.TryGetProperty("splits", out JsonElement splits) && splits.TryGetProperty(split, out JsonElement one) && one.TryGetProperty("annotations_file", out JsonElement file) ? file.GetString() : null;
}
