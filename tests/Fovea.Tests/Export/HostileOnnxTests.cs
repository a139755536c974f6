using System.Text;
using Fovea.Checkpoints;
using Fovea.Graphs;

namespace Fovea.Tests.Export;

/// <summary>`.onnx` files that strangers make: each is read or refused with a sentence, and nothing outside their folder is looked at.</summary>
public sealed class HostileOnnxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Onnx => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cut_file_is_refused()
    {
        byte[] whole = SmallestModel.Export();
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Onnx, whole[..length]);
            Assert.Throws<CheckpointException>(() => ModelFile.Open(Onnx));
        }
    }

    [Fact]
    public void Changed_byte_gives_a_model_or_a_refusal()
    {
        ReadOnlySpan<byte> flips = [0x01, 0x80, 0xFF];
        byte[] whole = SmallestModel.Export(Precision.Int8);
        for (int position = 0; position < whole.Length; position++)
        {
            byte[] changed = [.. whole];
            changed[position] ^= flips[position % flips.Length];
            File.WriteAllBytes(Onnx, changed);
            Exception? outcome = Record.Exception(() => ModelFile.Open(Onnx).Dispose());
            Assert.True(outcome is null or CheckpointException, $"byte {position}: {outcome}");
        }
    }

    [Theory]
    [InlineData("../weights")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/weights")]
    [InlineData("..\\weights")]
    [InlineData("C:weights")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void Only_a_file_beside_it_may_hold_the_matrices(string location)
    {
        string inner = Path.Combine(Directory.CreateDirectory(_folder.File("inner")).FullName, "model.onnx");
        (byte[] model, byte[] matrices) = SmallestModel.ExportApart(Precision.Float32, location);
        File.WriteAllBytes(inner, model);
        File.WriteAllBytes(_folder.File("weights"), matrices);                      // where some of them would find it
        AssertRefused(inner, "only a file beside it");
    }

    [Fact]
    public void Matrices_that_are_missing_or_cut_are_named()
    {
        (byte[] model, byte[] matrices) = SmallestModel.ExportApart(Precision.Float32, "weights");
        File.WriteAllBytes(Onnx, model);
        File.WriteAllBytes(_folder.File("weights"), matrices[..(matrices.Length / 2)]);
        AssertRefused(Onnx, "'weights' beside it ends before");
        File.Delete(_folder.File("weights"));
        AssertRefused(Onnx, "'weights' beside it, which is not there");
    }

    [Fact]
    public void Nobody_waits_for_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are made by mkfifo");
        File.WriteAllBytes(Onnx, SmallestModel.ExportApart(Precision.Float32, "weights").Model);
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", _folder.File("weights"))) make.WaitForExit();
        AssertRefused(Onnx, "ends before");
    }

    [Fact]
    public void File_without_our_description_is_refused()
    {
        OnnxGraph graph = new("other");
        graph.Output("doubled", graph.Add(graph.Input("x", 1), graph.Constant(1)), 1);
        File.WriteAllBytes(Onnx, graph.ToBytes());
        AssertRefused(Onnx, "without Fovea's description", ".safetensors");
    }

    [Theory]
    [InlineData("Attention", "Attendion")]
    [InlineData("RMSNormalization", "RMSNormalisation")]
    [InlineData("Gemm", "Evil")]
    public void Changed_operator_is_refused(string operation, string other) => AssertChanged(operation, other, "somebody changed what the network computes");

    [Fact]
    public void Changed_output_is_refused() => AssertChanged("embedding", "embedthing", "somebody changed");

    [Fact]
    public void Operator_of_another_maker_is_refused() => AssertChanged("com.microsoft", "com.stranger1", "somebody changed");

    [Fact]
    public void Shape_that_an_operator_takes_is_part_of_the_graph()
    {
        byte[] bytes = SmallestModel.Export();
        int name = bytes.AsSpan().IndexOf("integers.0.4.-1J"u8);
        bytes[name + "integers.0.4.-1J".Length + 1]++;
        File.WriteAllBytes(Onnx, bytes);
        AssertRefused(Onnx, "somebody changed");
    }

    [Theory]
    [InlineData(25, "functions of its own")]
    [InlineData(20, "field 20")]
    public void What_the_writer_never_writes_is_refused(int field, string reason)
    {
        ProtobufWriter more = new();
        more.Text(field, "anything");
        File.WriteAllBytes(Onnx, [.. SmallestModel.Export(), .. more.Written]);
        AssertRefused(Onnx, reason, "export the model again");
    }

    [Fact]
    public void Bytes_in_a_file_that_says_float32_are_refused()
    {
        File.WriteAllBytes(Onnx, SmallestModel.Export(Precision.Int8));
        ReplaceInFile("fovea.precision\u0012\u0004int8", "fovea.precision\u0012\u0004fp32");
        AssertRefused(Onnx, "'fp32'");
    }

    [Fact]
    public void Matrix_of_bytes_without_scales_is_refused()
    {
        File.WriteAllBytes(Onnx, SmallestModel.Export(Precision.Int8));
        ReplaceInFile("mlp.3.weight.scales", "mlp.3.weight.skales", isLast: true);
        AssertRefused(Onnx, "a scale for each column");
    }

    [Fact]
    public void Parameters_must_be_those_of_the_network()
    {
        File.WriteAllBytes(Onnx, SmallestModel.Export());
        ReplaceInFile("B\nreg_tokens", "B\nreg_tokenz");
        AssertRefused(Onnx, "reg_tokens");
    }

    [Fact]
    public void Name_of_another_format_is_not_believed()
    {
        File.WriteAllBytes(Onnx, SmallestModel.Export());
        File.Move(Onnx, _folder.File("model.safetensors"));
        AssertRefused(_folder.File("model.safetensors"), "holds an ONNX file although");
    }

    [Fact]
    public void Fields_in_another_order_are_read()
    {
        byte[] bytes = SmallestModel.Export();
        // The version stays first; what stands behind the graph moves in front of it.
        int graph = bytes.AsSpan().IndexOf("Fovea"u8) + 5, tail = bytes.AsSpan().LastIndexOf((byte[])[0x42, 0x04, 0x0A, 0x00]);
        File.WriteAllBytes(Onnx, [.. bytes[..graph], .. bytes[tail..], .. bytes[graph..tail]]);
        using ModelFile model = ModelFile.Open(Onnx);
        Assert.Equal(2, model.Description.Outputs);
    }

    private void AssertChanged(string found, string replacement, string reason)
    {
        File.WriteAllBytes(Onnx, SmallestModel.Export(found.StartsWith("com.", StringComparison.Ordinal) ? Precision.Int8 : Precision.Float32));
        ReplaceInFile(found, replacement);
        AssertRefused(Onnx, reason);
    }

    // A byte of the replacement for each of the found text, whose lengths stand in front of it.
    private void ReplaceInFile(string found, string replacement, bool isLast = false)
    {
        byte[] bytes = File.ReadAllBytes(Onnx);
        int at = isLast ? bytes.AsSpan().LastIndexOf(Encoding.Latin1.GetBytes(found)) : bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(found));
        Assert.True(at >= 0, $"the file has no '{found}'");
        Encoding.Latin1.GetBytes(replacement).AsSpan(0, found.Length).CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(Onnx, bytes);
    }

    private static void AssertRefused(string path, params string[] words)
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ModelFile.Open(path));
        Assert.StartsWith($"{path}: ", refusal.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }
}
