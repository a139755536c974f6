using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fovea.Tensors;

namespace Fovea.Tests.Checkpoints;

/// <summary>`safetensors/expected.json` is the contract of the `.safetensors` reader: content equal, or refused.</summary>
public class SafetensorsGoldenTests
{
    public static TheoryData<string> MustLoad => Files("must_load");

    public static TheoryData<string> MustRefuse => Files("must_refuse");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustLoad))]
    public void Tensors_and_metadata_equal_those_that_the_reference_reads(string file)
    {
        JsonNode expected = Index(TestFolders.Golden("safetensors"))["must_load"]!.AsArray().First(entry => (string)entry!["file"]! == file)!;
        using Checkpoint checkpoint = Checkpoint.Open(Path.Combine(TestFolders.Golden("safetensors"), file));
        Assert.Equal(CheckpointFormat.Safetensors, checkpoint.Format);
        Assert.Equal(expected["tensors"]!.AsArray().Select(tensor => Describe(tensor!)), checkpoint.Tensors.Select(Describe));
        IEnumerable<KeyValuePair<string, string>> metadata = expected["metadata"]?.AsObject().Select(pair => KeyValuePair.Create(pair.Key, (string)pair.Value!)) ?? [];
        Assert.Equal(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), checkpoint.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustRefuse))]
    public void Hostile_file_is_refused_with_a_sentence_and_little_memory(string file)
    {
        string path = Path.Combine(TestFolders.Golden("safetensors"), file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Checkpoint.Open(path).Use(checkpoint => checkpoint.ReadAll()));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 64 << 20, $"{allocated:N0} bytes were allocated");
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
    }

    private static TheoryData<string> Files(string list)
    {
        TheoryData<string> files = [];
        if (TestFolders.FindGolden("safetensors") is { } folder)
        {
            foreach (JsonNode? entry in Index(folder)[list]!.AsArray()) files.Add((string)entry!["file"]!);
        }
        return files;
    }

    private static JsonNode Index(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")))!;

    private static string Describe(JsonNode tensor) =>
        $"{tensor["name"]}: {tensor["dtype"]} [{string.Join(", ", tensor["shape"]!.AsArray().Select(dimension => dimension!.ToString()))}] {tensor["nbytes"]} {tensor["sha256"]}";

    private static string Describe(CheckpointTensor tensor)
    {
        using MemoryStream bytes = new();
        tensor.WriteTo(bytes);
        return $"{tensor.Name}: {tensor.ElementType.SafetensorsName()} {tensor.Shape} {tensor.ByteCount} {Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))}";
    }
}
