using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;
using Fovea.Tests.Encoder;
using Fovea.Tests.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Export;

/// <summary>What `fovea export` writes, as any other program sees it.</summary>
public sealed class ExportedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Exported => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(VitGoldenTests.Networks), MemberType = typeof(VitGoldenTests))]
    public void The_runtime_gives_the_numbers_of_the_reference(string name)
    {
        using Golden golden = Golden.Open(name);
        Export(golden);
        OnnxChecker.Check(Exported);
        Dictionary<string, float[]> found = Run(golden);
        Tolerance.Outputs.Check($"{name}: embedding", golden.Tensors.Floats("outputs.embedding"), found["embedding"]);
        Tolerance.Outputs.Check($"{name}: tokens", golden.Tensors.Floats("outputs.forward_features"), found["tokens"]);
        int stages = golden.Network.StageBlocks.Length;
        for (int stage = 1; stage <= stages; stage++)
        {
            Tolerance.Outputs.Check($"{name}: stage {stage}", golden.Tensors.Floats($"outputs.detection_features.stage{stage}"), found[stage == stages ? "neck" : $"stage{stage}"]);
        }
        Assert.Equal(golden.Network.Classes > 0, found.ContainsKey("logits"));
        if (golden.Network.Classes > 0) Tolerance.Outputs.Check($"{name}: logits", golden.Tensors.Floats("outputs.logits"), found["logits"]);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(VitGoldenTests.Networks), MemberType = typeof(VitGoldenTests))]
    public void The_runtime_gives_almost_the_same_embedding_in_int8(string name)
    {
        using Golden golden = Golden.Open(name);
        Export(golden, Precision.Int8);
        OnnxChecker.Check(Exported);
        float[] image = golden.Tensors.Floats("inputs.image")[..(golden.Network.Channels * golden.Network.Size.Height * golden.Network.Size.Width)];
        double cosine = FullNetworkTests.Cosine([.. golden.Tensors.Floats("outputs.embedding")[..golden.Network.Config.Width].Select(value => (double)value)], Run(golden.Network, image)["embedding"]);
        Assert.True(cosine >= 0.999, $"{name}: cosine {cosine}");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(VitGoldenTests.Networks), MemberType = typeof(VitGoldenTests))]
    public void Description_and_weights_survive(string name)
    {
        using Golden golden = Golden.Open(name);
        Export(golden);
        using ModelFile source = ModelFile.Open(_folder.File("model.safetensors")), read = ModelFile.Open(Exported);
        Assert.Equal(ModelDescriptionJson.Write(source.Description with { FoveaVersion = "0.1.0" }).ToJsonString(), ModelDescriptionJson.Write(read.Description).ToJsonString());
        Assert.Equal(source.Weights.Keys, read.Weights.Keys);
        Assert.All(source.Weights, pair => Assert.Equal(pair.Value.Values.ToArray(), read.Weights[pair.Key].Values.ToArray()));
    }

    [Fact]
    public void Metadata_say_what_goes_in_and_what_comes_out()
    {
        ModelFiles.Export(TinyModel.PathWithHead, Exported, Precision.Int8);
        using InferenceSession session = new(Exported);
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("vit_reg4_m16_rms_avg", (string)JsonNode.Parse(metadata["fovea"])!["network"]!);
        Assert.Equal("int8", metadata["fovea.precision"]);
        Assert.Equal(["image"], JsonNode.Parse(metadata["fovea.inputs"])!.AsObject().Select(pair => pair.Key));
        Assert.Equal(["embedding", "logits", "tokens", "neck"], JsonNode.Parse(metadata["fovea.outputs"])!.AsObject().Select(pair => pair.Key));
        Assert.Equal(session.OutputMetadata.Keys.Order(StringComparer.Ordinal), JsonNode.Parse(metadata["fovea.outputs"])!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Batch_is_a_named_dimension_in_float32_and_one_in_int8()
    {
        ModelFiles.Export(TinyModel.Path, Exported);
        using (InferenceSession exact = new(Exported)) Assert.Equal(["batch", "", "", ""], exact.InputMetadata["image"].SymbolicDimensions);
        ModelFiles.Export(TinyModel.Path, Exported, Precision.Int8);
        using InferenceSession int8 = new(Exported);
        Assert.Equal([1, 3, 64, 64], int8.InputMetadata["image"].Dimensions);
    }

    [Fact]
    public void Bytes_are_exact_on_every_processor()
    {
        ModelFiles.Export(TinyModel.Path, Exported, Precision.Int8);
        using ModelFile read = ModelFile.Open(Exported);
        Assert.Equal(4 * 4 - 2, read.Matrices.Count);                                // all but the attention of the first block
        Assert.All(read.Matrices, matrix => Assert.All(matrix.Value.Values.ToArray(), value => Assert.InRange(value, -ByteProducts.PortableLargestWeight, ByteProducts.PortableLargestWeight)));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        ModelFiles.Export(TinyModel.Path, Exported, Precision.Int8);
        ModelFiles.Export(TinyModel.Path, _folder.File("again.onnx"), Precision.Int8);
        Assert.Equal(File.ReadAllBytes(Exported), File.ReadAllBytes(_folder.File("again.onnx")));
    }

    [Fact]
    public void Matrices_lie_where_they_can_be_mapped_as_they_are()
    {
        ModelFiles.Export(TinyModel.Path, Exported);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ModelFile read = ModelFile.Open(Exported);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < new FileInfo(Exported).Length / 2, $"{allocated:N0} bytes were allocated");
    }

    [Fact]
    public void Matrices_may_stand_in_a_file_beside_it()
    {
        using Golden golden = Golden.Open("vit_tiny");
        ModelFiles.WriteSafetensors(_folder.File("model.safetensors"), golden);
        ModelFiles.Export(_folder.File("model.safetensors"), Exported, matrices: "matrices");
        OnnxChecker.Check(Exported);
        Assert.True(new FileInfo(Exported).Length < 100_000);
        Tolerance.Outputs.Check("embedding", golden.Tensors.Floats("outputs.embedding"), Run(golden)["embedding"]);
        using ModelFile source = ModelFile.Open(_folder.File("model.safetensors")), read = ModelFile.Open(Exported);
        Assert.All(source.Weights, pair => Assert.Equal(pair.Value.Values.ToArray(), read.Weights[pair.Key].Values.ToArray()));
    }

    /// <summary>Half a billion zeros that take no room on the disk: 2.5 GB of matrices.</summary>
    [Fact]
    public void The_largest_model_needs_the_file_beside_it()
    {
        VitNetwork network = Fovea.Hub.ModelRegistry.Default.Models.Single(model => model.Name == "vit_h14_pn_bioclip-v25").ToNetwork();
        Checkpoints.Models.SparseModel.Write(_folder.File("large.safetensors"), "vit_h14_pn", network);
        using ModelExport large = ModelExport.Open(_folder.File("large.safetensors"), new EncoderOptions()), small = ModelExport.Open(TinyModel.Path, new EncoderOptions());
        Assert.True(large.NeedsMatrixFile);
        Assert.False(small.NeedsMatrixFile);
    }

    private void Export(Golden golden, Precision precision = Precision.Float32)
    {
        ModelFiles.WriteSafetensors(_folder.File("model.safetensors"), golden);
        ModelFiles.Export(_folder.File("model.safetensors"), Exported, precision);
    }

    private Dictionary<string, float[]> Run(Golden golden) => Run(golden.Network, golden.Tensors.Floats("inputs.image"));

    private Dictionary<string, float[]> Run(VitNetwork network, float[] image)
    {
        using InferenceSession session = new(Exported);
        long batch = image.Length / (network.Channels * network.Size.Height * network.Size.Width);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [batch, network.Channels, network.Size.Height, network.Size.Width]);
        using RunOptions options = new();
        string[] outputs = [.. session.OutputMetadata.Keys];
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["image"], [input], outputs);
        return outputs.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }
}
