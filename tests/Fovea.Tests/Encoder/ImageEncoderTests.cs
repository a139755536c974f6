using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Encoder;

/// <summary>The public face on the small golden network: picture files in, the reference's numbers out.</summary>
public sealed class ImageEncoderTests : IDisposable
{
    private readonly GoldenTensors _golden = new(Path.Combine(TestFolders.Golden("vit_tiny"), "reference.safetensors"));
    private readonly TemporaryFolder _pictures = TinyModel.Pictures();

    public void Dispose()
    {
        _golden.Dispose();
        _pictures.Dispose();
    }

    [Fact]
    public void Embedding_of_a_picture_file_equals_the_reference()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        float[] expected = _golden.Floats("outputs.embedding");
        for (int picture = 0; picture < 3; picture++)
        {
            float[] embedding = encoder.Embed(_pictures.File($"{picture}.png"));
            // The golden's pictures were divided by 255, files are multiplied by the float nearest to 1 / 255: 5e-7 at the input.
            Tolerance.Outputs.Check($"picture {picture}", expected.AsSpan(picture * 64, 64), embedding);
        }
    }

    [Fact]
    public void Int8_gives_almost_the_same_embedding()
    {
        using ImageEncoder exact = ImageEncoder.Load(TinyModel.Path), int8 = ImageEncoder.Load(TinyModel.Path, new EncoderOptions { Precision = Precision.Int8 });
        float[] expected = exact.Embed(_pictures.File("0.png")), found = int8.Embed(_pictures.File("0.png"));
        Assert.NotEqual(expected, found);
        Assert.True(FullNetworkTests.Cosine([.. expected.Select(value => (double)value)], found) >= 0.999);
    }

    [Fact]
    public void A_precision_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentException>(() => ImageEncoder.Load(TinyModel.Path, new EncoderOptions { Precision = (Precision)7 }));

    [Fact]
    public void Stream_and_tensor_give_what_the_file_gives()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        float[] expected = encoder.Embed(_pictures.File("0.png"));
        using FileStream stream = File.OpenRead(_pictures.File("0.png"));
        Assert.Equal(expected, encoder.Embed(stream));
        Assert.Equal(expected, encoder.Embed(encoder.Transform.Apply(_pictures.File("0.png"))));
    }

    [Fact]
    public void Feature_map_answers_to_neck_and_to_the_name_of_its_stage()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        ImageFeatures features = encoder.Features(_pictures.File("0.png"));
        ImageFeature map = Assert.Single(features);
        Assert.Equal("neck", map.Name);
        Assert.Equal(new TensorShape(64, 8, 8), map.Shape);
        Assert.Same(map, features["neck"]);
        Assert.Same(map, features["stage1"]);
        Tolerance.Outputs.Check("neck", _golden.Floats("outputs.detection_features.stage1").AsSpan(0, 64 * 64), map.Values.Span);
    }

    [Fact]
    public void Everything_can_be_asked_for_at_once()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.PathWithHead);
        ImageFeatures features = encoder.Features(
            _pictures.File("0.png"), EncoderOutput.Embedding, EncoderOutput.Logits, EncoderOutput.Tokens, EncoderOutput.FeatureMap(1), EncoderOutput.BlockTokens(2), EncoderOutput.Attention(3));
        Assert.Equal(["embedding", "logits", "tokens", "1", "block.2", "attention.3"], features.Select(feature => feature.Name));
        Assert.Equal([new(64), new(7), new(68, 64), new(64, 8, 8), new(68, 64), new(4, 68, 68)], features.Select(feature => feature.Shape));
        Tolerance.Outputs.Check("logits", _golden.Floats("outputs.logits").AsSpan(0, 7), features["logits"].Values.Span);
        Tolerance.Outputs.Check("tokens", _golden.Floats("outputs.forward_features").AsSpan(0, 68 * 64), features["tokens"].Values.Span);
        Tolerance.Outputs.Check("block 2", _golden.Floats("outputs.block.2").AsSpan(0, 68 * 64), features["block.2"].Values.Span);
        Tolerance.Attention.Check("attention", _golden.Floats("outputs.attention.block.3"), features["attention.3"].Values.Span);
    }

    [Fact]
    public void Other_picture_size_equals_the_reference()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path, new EncoderOptions { ImageSize = new ImageSize(64, 128) });
        ImageTensor picture = new(new TensorShape(1, 3, 64, 128), _golden.Floats("inputs.image_64x128").AsMemory(0, 3 * 64 * 128));
        Tolerance.Outputs.Check("64x128", _golden.Floats("outputs.adjust_64x128.embedding").AsSpan(0, 64), encoder.Embed(picture));
    }

    [Theory]
    [InlineData("logits", "no head")]
    [InlineData("4", "blocks 0 to 3")]
    [InlineData("attention.9", "blocks 0 to 3")]
    [InlineData("stage2", "stages 1 to 1")]
    public void What_the_network_has_not_is_refused(string output, string reason)
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => encoder.Features(_pictures.File("0.png"), EncoderOutput.Parse(output)));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_of_another_shape_is_refused()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        ImageTensor picture = new ImageTransform(ImageSize.Square(32), ChannelStatistics.Birder).Apply(_pictures.File("0.png"));
        Assert.Contains("[1, 3, 64, 64]", Assert.Throws<ArgumentException>(() => encoder.Embed(picture)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_embeddings_come_in_order_and_equal_single_ones()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        List<ImageEmbedding> embeddings = [];
        await foreach (ImageEmbedding embedding in encoder.EmbedAsync(ImageSource.Folder(_pictures.Path))) embeddings.Add(embedding);
        Assert.Equal(["0.png", "1.png", "2.png"], embeddings.Select(embedding => embedding.Name));
        // Bulk runs have one thread inside a matrix product, single ones all: the last bits may differ.
        Assert.All(embeddings, embedding => new Tolerance(1e-5, 0).Check(embedding.Name, encoder.Embed(_pictures.File(embedding.Name)), embedding.Values.Span));
    }

    [Fact]
    public async Task Bad_picture_is_told_and_passed_over()
    {
        await File.WriteAllTextAsync(_pictures.File("1.png"), "no picture at all");
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        List<SkippedImage> skipped = [];
        List<string> names = [];
        await foreach (ImageEmbedding embedding in encoder.EmbedAsync(ImageSource.Folder(_pictures.Path), skipped.Add)) names.Add(embedding.Name);
        Assert.Equal(["0.png", "2.png"], names);
        Assert.StartsWith("1.png: ", Assert.Single(skipped).Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_picture_ends_the_run_when_nobody_is_told()
    {
        await File.WriteAllTextAsync(_pictures.File("1.png"), "no picture at all");
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        ImageException refusal = await Assert.ThrowsAsync<ImageException>(async () =>
        {
            await foreach (ImageEmbedding embedding in encoder.EmbedAsync(ImageSource.Folder(_pictures.Path))) Assert.Equal("0.png", embedding.Name);
        });
        Assert.StartsWith("1.png: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_callers_get_what_one_gets()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path, new EncoderOptions { Threads = 1 });
        float[][] expected = [.. Enumerable.Range(0, 3).Select(picture => encoder.Embed(_pictures.File($"{picture}.png")))];
        Parallel.For(0, 160, new ParallelOptions { MaxDegreeOfParallelism = 16 }, call => Assert.Equal(expected[call % 3], encoder.Embed(_pictures.File($"{call % 3}.png"))));
    }

    [Fact]
    public async Task Bulk_runs_beside_each_other_and_beside_single_callers_get_what_one_gets()
    {
        using ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path, new EncoderOptions { Threads = 1 });
        Dictionary<string, float[]> expected = Enumerable.Range(0, 3).Select(picture => $"{picture}.png").ToDictionary(name => name, name => encoder.Embed(_pictures.File(name)));
        ImageSource source = ImageSource.All(Enumerable.Repeat(ImageSource.Folder(_pictures.Path), 20));
        Task<int>[] bulk = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(Bulk))];
        Parallel.For(0, 60, call => Assert.Equal(expected[$"{call % 3}.png"], encoder.Embed(_pictures.File($"{call % 3}.png"))));
        Assert.All(await Task.WhenAll(bulk), embeddings => Assert.Equal(60, embeddings));

        async Task<int> Bulk()
        {
            int embeddings = 0;
            await foreach (ImageEmbedding embedding in encoder.EmbedAsync(source))
            {
                Assert.Equal($"{embeddings++ % 3}.png", embedding.Name);
                Assert.Equal(expected[embedding.Name], embedding.Values.ToArray());
            }
            return embeddings;
        }
    }

    [Fact]
    public void Disposed_encoder_says_so()
    {
        ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        encoder.Dispose();
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.Embed(_pictures.File("0.png")));
    }

    [Fact]
    public async Task Disposing_in_the_middle_lets_what_runs_finish()
    {
        ImageEncoder encoder = ImageEncoder.Load(TinyModel.Path);
        Task[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (true) encoder.Embed(_pictures.File("0.png"));
        }))];
        encoder.Embed(_pictures.File("1.png"));
        encoder.Dispose();
        foreach (Task caller in callers) await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
    }

    [Fact]
    public void Model_that_takes_no_pictures_is_refused_as_a_model()
    {
        ModelDescription description = new()
        {
            Network = "vit_t32",
            Config = NamedNetworks.Get("vit_t32") with { Depth = 1, Heads = 1, Width = 8, MlpWidth = 8 },
            ImageSize = ImageSize.Square(32),
            Channels = new ChannelStatistics([0, 0, 0, 0], [1, 1, 1, 1]),
        };
        string path = _pictures.File("four.safetensors");
        using (FileStream stream = File.Create(path))
        {
            SafetensorsWriter.Write(
                stream,
                VitParameters.Of(description.ToNetwork()).Select(parameter => SafetensorsSource.Of(parameter.Key, new Weight(parameter.Shape, new float[parameter.Shape.ElementCount]))),
                new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
        }
        Assert.Contains("takes 4 channels", Assert.Throws<CheckpointException>(() => ImageEncoder.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.png", "0.png")]
    [InlineData("nowhere.pt", "no such file")]
    public void What_is_no_model_is_refused(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => ImageEncoder.Load(_pictures.File(file))).Message, StringComparison.Ordinal);
}
