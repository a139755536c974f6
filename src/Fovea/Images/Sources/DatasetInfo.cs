using System.Text.Json;

namespace Fovea.Images;

/// <summary>What an `_info.json` says. Other keys are not looked at.</summary>
/// <param name="Splits">Splits by name, in the order of the file.</param>
/// <param name="Classes">The name of each class by its index; empty where the file names none.</param>
internal sealed record DatasetInfo(IReadOnlyList<DatasetInfo.Split> Splits, IReadOnlyList<string> Classes)
{
    private const long LargestFile = 64 << 20;
    private const long MostSamples = 1L << 40;

    /// <summary>One part of a data set.</summary>
    /// <param name="Name">What `#NAME` takes.</param>
    /// <param name="Files">Its archives, in order, relative to the folder of the file.</param>
    /// <param name="Samples">Pictures in them; null where the file does not say.</param>
    internal sealed record Split(string Name, IReadOnlyList<string> Files, long? Samples);

    /// <summary>Reads the file.</summary>
    /// <exception cref="ImageException">It is absent, unreadable, or lists no archives.</exception>
    public static DatasetInfo Read(string path)
    {
        try
        {
            if (!File.Exists(path)) throw Directory.Exists(path) ? SourceThrow.NotAFile(path) : SourceThrow.Missing(path);
            if (new FileInfo(path).Length > LargestFile) throw SourceThrow.BadInfo(path, "is larger than 64 MB");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (Property(document.RootElement, "splits") is not { ValueKind: JsonValueKind.Object } splits) throw SourceThrow.BadInfo(path, "has no object 'splits'");
            return new([.. splits.EnumerateObject().Select(split => ReadSplit(path, split.Name, split.Value))], ReadClasses(path, document.RootElement));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)         // the latter from half a surrogate pair
        {
            throw SourceThrow.BadInfo(path, $"is no valid JSON ({failure.Message.Split('.')[0]})");
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(path, failure);
        }
    }

    /// <summary>The splits of the given names, in the order given; all of them, in the order of the file, when none is given.</summary>
    /// <exception cref="ImageException">There is no such split; the message lists those that there are.</exception>
    public IReadOnlyList<Split> Choose(string path, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return Splits;
        return [.. names.Select(name => Splits.FirstOrDefault(split => split.Name == name) ?? throw SourceThrow.NoSplit(path, name, Splits.Select(split => split.Name)))];
    }

    private static Split ReadSplit(string path, string name, JsonElement split)
    {
        if (Property(split, "filenames") is not { ValueKind: JsonValueKind.Array } files || files.EnumerateArray().Any(file => file.ValueKind != JsonValueKind.String))
        {
            throw SourceThrow.BadInfo(path, $"has no list 'filenames' of texts in its split '{name}'");
        }
        return new(name, [.. files.EnumerateArray().Select(file => file.GetString()!)], Samples(split));
    }

    private static string[] ReadClasses(string path, JsonElement root)
    {
        if (Property(root, "classes") is not { ValueKind: not JsonValueKind.Null } classes) return [];
        if (classes.ValueKind != JsonValueKind.Array || classes.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)) throw SourceThrow.BadInfo(path, "has 'classes' that are no list of texts");
        return [.. classes.EnumerateArray().Select(name => name.GetString()!)];
    }

    private static long? Samples(JsonElement split) =>
        Property(split, "num_samples") is { ValueKind: JsonValueKind.Number } samples && samples.TryGetInt64(out long count) && count is >= 0 and <= MostSamples ? count : null;

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;
}
