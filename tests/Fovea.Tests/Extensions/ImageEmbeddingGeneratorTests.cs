using System.Diagnostics.Metrics;
using Fovea.Tests.Encoder;
using Fovea.Tests.Graphs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Tests.Extensions;

/// <summary>Fovea under the names that .NET has for such things.</summary>
public sealed class ImageEmbeddingGeneratorTests : IDisposable
{
    private readonly TemporaryFolder _pictures = TinyModel.Pictures();
    private readonly ServiceProvider _services = new ServiceCollection().AddFovea(options => options.Model = TinyModel.Path).BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _pictures.Dispose();
    }

    [Fact]
    public async Task Embeddings_of_encoded_pictures_come_in_order()
    {
        IEmbeddingGenerator<DataContent, Embedding<float>> generator = _services.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(new[] { "0.png", "1.png", "2.png" }.Select(Picture));
        ImageEncoder encoder = _services.GetRequiredService<ImageEncoder>();
        foreach ((int number, Embedding<float> embedding) in embeddings.Index())
        {
            new Tolerance(1e-5, 0).Check($"picture {number}", encoder.Embed(_pictures.File($"{number}.png")), embedding.Vector.Span);
        }
        Assert.Equal(3, embeddings.Count);
    }

    [Fact]
    public async Task Bad_picture_is_called_by_its_name()
    {
        IEmbeddingGenerator<DataContent, Embedding<float>> generator = _services.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
        DataContent bad = new(new byte[] { 1, 2, 3 }, "image/png") { Name = "broken.png" };
        Assert.StartsWith("broken.png: ", (await Assert.ThrowsAsync<ImageException>(() => generator.GenerateAsync([bad]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_number_of_dimensions_is_refused()
    {
        IEmbeddingGenerator<DataContent, Embedding<float>> generator = _services.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([Picture("0.png")], new EmbeddingGenerationOptions { Dimensions = 32 }));
        Assert.Contains("64", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_say_network_and_width()
    {
        EmbeddingGeneratorMetadata metadata = _services.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>().GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("vit_reg4_m16_rms_avg", 64), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public void Registration_of_an_empty_model_name_is_refused() =>
        Assert.Contains("Model", Assert.Throws<ArgumentException>(() => new ServiceCollection().AddFovea(options => options.Model = "")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Pictures_are_counted_by_outcome_and_timed()
    {
        await File.WriteAllTextAsync(_pictures.File("1.png"), "no picture");
        long used = 0, skipped = 0, timed = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Fovea") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Interlocked.Add(ref tags[0].Value is "used" ? ref used : ref skipped, count));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref timed));
        listener.Start();
        await foreach (ImageEmbedding _ in _services.GetRequiredService<ImageEncoder>().EmbedAsync(ImageSource.Folder(_pictures.Path), _ => { }))
        {
        }
        // Other tests run beside this one and count too.
        Assert.True(used >= 2 && skipped >= 1 && timed >= 2, $"{used} used, {skipped} skipped, {timed} timed");
    }

    private DataContent Picture(string name) => new(File.ReadAllBytes(_pictures.File(name)), "image/png") { Name = name };
}
