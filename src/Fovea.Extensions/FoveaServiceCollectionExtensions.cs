using Fovea;
using Fovea.Extensions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of Fovea's services.</summary>
public static class FoveaServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="ImageEncoder"/> for the whole application, loaded when it is first asked for and disposed with the container, and
    /// the same as an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of pictures. Messages go to the application's loggers, category `Fovea`.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Names the model (null: the one that ships), and changes options.</param>
    /// <exception cref="ArgumentException">The model is an empty text.</exception>
    public static IServiceCollection AddFovea(this IServiceCollection services, Action<FoveaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        FoveaOptions options = new();
        configure(options);
        if (options.Model is "") throw new ArgumentException("AddFovea: Model is empty; set it to a file or to a published model's name, or leave it null for the model that ships.", nameof(configure));
        services.TryAddSingleton(provider => ImageEncoder.Load(options.Model, Logging(options.Encoder, provider)));
        services.TryAddSingleton<IEmbeddingGenerator<DataContent, Embedding<float>>>(provider => new ImageEmbeddingGenerator(provider.GetRequiredService<ImageEncoder>()));
        return services;
    }

    private static EncoderOptions Logging(EncoderOptions options, IServiceProvider provider) =>
        options.Logger == NullLogger.Instance && provider.GetService<ILoggerFactory>() is { } loggers ? options with { Logger = loggers.CreateLogger("Fovea") } : options;
}
