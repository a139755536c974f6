using Fovea.Checkpoints;

namespace Fovea.Tests.Checkpoints;

public class SafetensorsWriterTests
{
    public static TheoryData<string> Readable
    {
        get
        {
            TheoryData<string> files = [];
            if (TestFolders.FindGolden("safetensors") is { } folder)
            {
                foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "must_load")).Order(StringComparer.Ordinal)) files.Add(Path.GetFileName(file));
            }
            return files;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Readable))]
    public void File_that_was_read_and_written_holds_the_same(string file)
    {
        using Checkpoint original = Checkpoint.Open(Path.Combine(TestFolders.Golden("safetensors"), "must_load", file));
        using TemporaryFile copy = new();
        Write(copy.Path, original.Tensors, original.Metadata);

        using Checkpoint written = Checkpoint.Open(copy.Path);
        Assert.Equal(Contents(original).Order(StringComparer.Ordinal), Contents(written).Order(StringComparer.Ordinal));
        Assert.Equal(original.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), written.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Same_tensors_in_another_order_give_the_same_bytes()
    {
        using Checkpoint checkpoint = Checkpoint.Open(Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_seven_5.safetensors"));
        using TemporaryFile forwards = new(), backwards = new();
        Write(forwards.Path, checkpoint.Tensors, checkpoint.Metadata);
        Write(backwards.Path, checkpoint.Tensors.Reverse(), checkpoint.Metadata.Reverse().ToDictionary());
        Assert.Equal(File.ReadAllBytes(forwards.Path), File.ReadAllBytes(backwards.Path));
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        SafetensorsSource tensor = SafetensorsSource.Of("twice", new Weight(new TensorShape(2), new float[2]));
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Stream.Null, [tensor, tensor], new Dictionary<string, string>()));
        Assert.Contains("'twice'", refusal.Message, StringComparison.Ordinal);
    }

    private static void Write(string path, IEnumerable<CheckpointTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, tensors.Select(SafetensorsSource.Of), metadata);
    }

    private static IEnumerable<string> Contents(Checkpoint checkpoint)
    {
        foreach (CheckpointTensor tensor in checkpoint.Tensors)
        {
            using MemoryStream bytes = new();
            tensor.WriteTo(bytes);
            yield return $"{tensor.Name} {tensor.ElementType} {tensor.Shape} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))}";
        }
    }
}
