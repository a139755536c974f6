using Microsoft.Extensions.AI;

namespace Fovea.Extensions;

/// <summary>An <see cref="ImageEncoder"/> under the name that .NET has for such things: encoded pictures in, embeddings out.</summary>
/// <remarks>Safe to use from many threads. The encoder is the caller's: disposing the generator does not dispose it.</remarks>
public sealed class ImageEmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly ImageEncoder _encoder;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Wraps an encoder.</summary>
    public ImageEmbeddingGenerator(ImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        _metadata = new EmbeddingGeneratorMetadata("fovea", null, encoder.Description.Network, encoder.Width);
    }

    /// <summary>The embeddings of encoded pictures (JPEG, PNG, WebP, ...), in their order.</summary>
    /// <param name="values">Each holds the bytes of one picture file; its name, if it has one, is what messages call it.</param>
    /// <param name="options">Only <see cref="EmbeddingGenerationOptions.Dimensions"/> is looked at: it must be the encoder's width when it is given.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <returns>One embedding of [width] float32 for each picture, not normalised to length 1.</returns>
    /// <exception cref="ImageException">A picture cannot be used.</exception>
    /// <exception cref="ArgumentException">Another number of dimensions is asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != _encoder.Width)
        {
            throw new ArgumentException($"embeddings of {dimensions} numbers are asked for, but this encoder gives {_encoder.Width}.", nameof(options));
        }
        ImageSource source = ImageSource.All(values.Select((picture, index) => ImageSource.Bytes(picture.Data, string.IsNullOrEmpty(picture.Name) ? $"picture {index}" : picture.Name)));
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        await foreach (ImageEmbedding embedding in _encoder.EmbedAsync(source, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            embeddings.Add(new Embedding<float>(embedding.Values) { ModelId = _encoder.Description.Network });
        }
        return embeddings;
    }

    /// <summary>The encoder, the metadata, or the generator itself, by type.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata)) return _metadata;
        if (serviceType == typeof(ImageEncoder)) return _encoder;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Nothing to do: the encoder is the caller's.</summary>
    public void Dispose()
    {
    }
}
