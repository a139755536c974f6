using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>What the golden folder `transforms` lists, and how its hashes are made.</summary>
internal static class TransformGoldens
{
    /// <summary>A row per entry of one list: its number, and words that tell a reader which one failed.</summary>
    public static TheoryData<int, string> Entries(string list, params ReadOnlySpan<string> words)
    {
        TheoryData<int, string> rows = [];
        if (TestFolders.FindGolden("transforms") is null) return rows;
        JsonArray entries = Index()[list]!.AsArray();
        for (int number = 0; number < entries.Count; number++)
        {
            List<string> parts = [];
            foreach (string word in words) parts.Add(entries[number]![word]?.ToJsonString().Trim('"') ?? "-");
            rows.Add(number, string.Join(' ', parts));
        }
        return rows;
    }

    public static JsonNode Entry(string list, int number) => Index()[list]![number]!;

    public static string Path(string file) => System.IO.Path.Combine(TestFolders.Golden("transforms"), file);

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path(file));

    /// <summary>The numbers of an array. NumPy 1.0: six bytes of magic, two of version, two of header length.</summary>
    public static float[] Npy(string file)
    {
        byte[] bytes = Bytes(file);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
    }

    public static RgbImage Decode(string file) => ImageDecoder.Decode(Bytes(file), file, DecodeOptions.Default);

    /// <summary>One of the synthetic inputs, by name.</summary>
    public static RgbImage Source(JsonNode name) => Decode(SourceFile(name));

    /// <summary>The file of one of the synthetic inputs, by name.</summary>
    public static string SourceFile(JsonNode name) =>
        (string)Index()["sources"]!.AsArray().First(source => (string)source!["name"]! == (string)name!)!["file"]!;

    /// <summary>[height, width, 3] without the filler bytes.</summary>
    public static byte[] Rgb(RgbImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        byte[] rgb = new byte[pixels.Length / 4 * 3];
        for (int pixel = 0; pixel < pixels.Length / 4; pixel++) pixels.Slice(4 * pixel, 3).CopyTo(rgb.AsSpan(3 * pixel));
        return rgb;
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Sha256(ReadOnlySpan<float> values) => Sha256(MemoryMarshal.AsBytes(values));

    public static ImageSize Size(JsonNode heightAndWidth) => new((int)heightAndWidth[0]!, (int)heightAndWidth[1]!);

    /// <summary>The reference's statistics by name.</summary>
    public static ChannelStatistics Preset(JsonNode name) => (string)name! switch
    {
        "birder" => ChannelStatistics.Birder,
        "imagenet" => ChannelStatistics.ImageNet,
        "clip" => ChannelStatistics.Clip,
        "neutral" => ChannelStatistics.Neutral,
        "centered" => ChannelStatistics.Centered,
        string other => throw new InvalidDataException($"the golden index names the unknown preset '{other}'"),
    };

    private static JsonNode Index() => JsonNode.Parse(Bytes("index.json"))!;
}
