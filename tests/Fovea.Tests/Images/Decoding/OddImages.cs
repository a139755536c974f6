using System.Formats.Tar;
using System.Text.Json.Nodes;

namespace Fovea.Tests.Images;

/// <summary>The zoo of odd pictures and what the reference made of each.</summary>
internal static class OddImages
{
    public static Dictionary<string, JsonNode> Index(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!["files"]!.AsArray()
        .ToDictionary(file => (string)file!["name"]!, file => file!);

    public static byte[] Read(string folder, string name) => ReadAll(folder).First(file => file.Name == name).Bytes;

    public static IEnumerable<(string Name, byte[] Bytes)> ReadAll(string folder)
    {
        using FileStream archive = File.OpenRead(Path.Combine(folder, "odd_images.tar"));
        using TarReader reader = new(archive);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            using MemoryStream bytes = new();
            entry.DataStream?.CopyTo(bytes);
            yield return (entry.Name, bytes.ToArray());
        }
    }
}
