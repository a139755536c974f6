using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Tests.Encoder;
using Fovea.Tests.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Export;

/// <summary>An exported file loaded again: what its model gives, it gives.</summary>
public sealed class ExportedEncoderTests : IDisposable
{
    private readonly TemporaryFolder _pictures = TinyModel.Pictures();

    private string Onnx => _pictures.File("model.onnx");

    private string Picture => _pictures.File("0.png");

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Embedding_has_the_bits_of_its_model()
    {
        ModelFiles.Export(TinyModel.Path, Onnx);
        using ImageEncoder source = ImageEncoder.Load(TinyModel.Path), exported = ImageEncoder.Load(Onnx);
        Assert.Equal(source.Embed(Picture), exported.Embed(Picture));
    }

    [Fact]
    public void At_another_size_as_well()
    {
        ImageSize size = new(64, 128);
        ModelFiles.Export(TinyModel.Path, Onnx, size: size);
        using ImageEncoder source = ImageEncoder.Load(TinyModel.Path, new EncoderOptions { ImageSize = size }), exported = ImageEncoder.Load(Onnx), asked = ImageEncoder.Load(Onnx, new EncoderOptions { ImageSize = size });
        Assert.Equal(size, exported.Description.ImageSize);
        Assert.Equal(source.Embed(Picture), exported.Embed(Picture));
        Assert.Equal(source.Embed(Picture), asked.Embed(Picture));
    }

    [Fact]
    public void Everything_that_the_model_gives_is_given()
    {
        ModelFiles.Export(TinyModel.PathWithHead, Onnx);
        using ImageEncoder source = ImageEncoder.Load(TinyModel.PathWithHead), exported = ImageEncoder.Load(Onnx);
        EncoderOutput[] outputs = [EncoderOutput.Logits, EncoderOutput.Tokens, EncoderOutput.Neck, EncoderOutput.FeatureMap(1), EncoderOutput.Attention(2)];
        ImageFeatures expected = source.Features(Picture, outputs), found = exported.Features(Picture, outputs);
        Assert.All(outputs, output => Assert.Equal(expected[output.Name].Values.ToArray(), found[output.Name].Values.ToArray()));
        Assert.Equal(source.Description.ClassNames, exported.Description.ClassNames);
        Assert.Equal(["neck"], exported.Description.StageNames);
    }

    [Fact]
    public void Int8_file_is_int8_without_being_asked()
    {
        ModelFiles.Export(TinyModel.Path, Onnx, Precision.Int8);
        using ImageEncoder exact = ImageEncoder.Load(TinyModel.Path), exported = ImageEncoder.Load(Onnx), asked = ImageEncoder.Load(Onnx, new EncoderOptions { Precision = Precision.Int8 });
        float[] expected = Portable(Picture), found = exported.Embed(Picture);
        Assert.Equal(expected, found);
        Assert.Equal(expected, asked.Embed(Picture));
        double cosine = FullNetworkTests.Cosine([.. exact.Embed(Picture).Select(value => (double)value)], found);
        Assert.InRange(cosine, 0.999, 0.9999999);
    }

    [Fact]
    public void Float32_file_can_be_run_as_int8()
    {
        ModelFiles.Export(TinyModel.Path, Onnx);
        EncoderOptions int8 = new() { Precision = Precision.Int8 };
        using ImageEncoder source = ImageEncoder.Load(TinyModel.Path, int8), exported = ImageEncoder.Load(Onnx, int8);
        Assert.Equal(source.Embed(Picture), exported.Embed(Picture));
    }

    [Fact]
    public void Int8_file_cannot_be_run_as_float32()
    {
        ModelFiles.Export(TinyModel.Path, Onnx, Precision.Int8);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ImageEncoder.Load(Onnx, new EncoderOptions { Precision = Precision.Float32 }));
        Assert.Contains("holds int8 weights", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_size_is_refused_with_the_one_there_is()
    {
        ModelFiles.Export(TinyModel.Path, Onnx);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ImageEncoder.Load(Onnx, new EncoderOptions { ImageSize = ImageSize.Square(128) }));
        Assert.Contains("takes pictures of 64x64 alone", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("128x128", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Int8_is_not_exported_again()
    {
        ModelFiles.Export(TinyModel.Path, Onnx, Precision.Int8);
        Assert.Contains("copy the file", Assert.Throws<CheckpointException>(() => ModelExport.Open(Onnx, new EncoderOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exported_float32_can_be_exported_as_int8()
    {
        ModelFiles.Export(TinyModel.Path, Onnx);
        ModelFiles.Export(Onnx, _pictures.File("again.onnx"), Precision.Int8);
        using ImageEncoder exported = ImageEncoder.Load(_pictures.File("again.onnx"));
        Assert.Equal(Portable(Picture), exported.Embed(Picture));
    }

    // The model in int8 as it travels, without a file.
    private static float[] Portable(string picture)
    {
        using ModelFile model = ModelFile.Open(TinyModel.Path);
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(model.Network, model.Weights, [VitOutput.Embedding], 1, packed, new Int8Weights(model.Weights, ByteProducts.PortableLargestWeight));
        ImageTensor input = new ImageTransform(model.Description.ImageSize, model.Description.Channels).Apply(picture);
        return session.Run(input.Values, 1)[0];
    }
}
