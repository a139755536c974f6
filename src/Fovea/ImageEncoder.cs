using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Hub;
using Fovea.Images;
using Fovea.Inference;

namespace Fovea;

/// <summary>Pictures to embeddings and feature maps, with the numbers of the reference.</summary>
/// <remarks>Ready when it is loaded, immutable, safe to use from many threads. Disposing it while another thread uses it lets the pictures under way finish; the next one throws.</remarks>
public sealed class ImageEncoder : IDisposable
{
    private readonly EncoderSessions _sessions;
    private readonly EncoderOptions _options;
    private readonly Networks.VitNetwork _network;

    private ImageEncoder(ModelFile model, EncoderOptions options)
    {
        _sessions = new EncoderSessions(model, MatricesOf(model, options), options.IsPortable ? null : FindCache());
        _options = options;
        _network = model.Network;
        Description = model.Description;
        Transform = new ImageTransform(Description.ImageSize, Description.Channels)
        {
            Decoding = new DecodeOptions { MaxPixels = options.MaxPixels, AppliesOrientation = options.AppliesOrientation },
        };
    }

    /// <summary>What the model is: network, picture size, channel statistics, classes.</summary>
    public ModelDescription Description { get; }

    /// <summary>From picture files to the network's input, with the numbers of the model.</summary>
    public ImageTransform Transform { get; }

    /// <summary>Numbers of an embedding: 512 for the flagship.</summary>
    public int Width => Description.Config.Width;

    /// <summary>Which token is what in <see cref="EncoderOutput.Tokens"/>, <see cref="EncoderOutput.BlockTokens"/>, <see cref="EncoderOutput.Attention"/> and their like.</summary>
    public TokenLayout Layout => new(_network.Config.Registers, _network.Config.HasClassToken, _network.Grid);

    /// <summary>Loads a model; a published one that is not here yet is downloaded.</summary>
    /// <param name="model">
    /// A `.pt`, `.safetensors` or exported `.onnx` file, a run folder, or the name of a published model (`vit_reg4_m16_rms_avg_i-jepa`). A file may come from
    /// anywhere: no code in it is ever run. Null is the model that ships, a small one (`models/README.md`).
    /// </param>
    /// <param name="options">Picture size, threads, limits; null: the defaults.</param>
    /// <param name="cancellationToken">Ends a download; what has arrived is kept for the next one.</param>
    /// <exception cref="CheckpointException">The file is absent, damaged, hostile, or of no network that is known.</exception>
    /// <exception cref="HubException">The name is unknown, or its file cannot be had.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of range or for classifiers only, the picture size does not fit the network's patches or this machine's memory, or an `.onnx` was exported for another size or precision.
    /// </exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime's native library is missing; the message names the package.</exception>
    public static Task<ImageEncoder> LoadAsync(string? model = null, EncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EncoderOptions();
        options.Check();
        if (options.TestTimeAugmentation) throw new ArgumentException("test-time augmentation averages class probabilities, and an embedding has none; leave it off, or load the model as an ImageClassifier.");
        return Task.Run(async () => Open(await ModelReference.ResolveAsync(model, cancellation: cancellationToken).ConfigureAwait(false), options), cancellationToken);
    }

    /// <summary>As <see cref="LoadAsync"/>, blocking.</summary>
    public static ImageEncoder Load(string? model = null, EncoderOptions? options = null) => LoadAsync(model, options).GetAwaiter().GetResult();

    /// <summary>The embedding of a picture file: what the head would see.</summary>
    /// <returns>[width] float32, not normalised to length 1. Equal to the reference's to 1e-4.</returns>
    /// <exception cref="ImageException">There is no such file, it is no picture, or one larger than <see cref="EncoderOptions.MaxPixels"/>.</exception>
    /// <exception cref="InvalidOperationException">Skia's native library is missing; the message names the package.</exception>
    /// <remarks>For more than a handful of pictures, <see cref="EmbedAsync"/> is faster.</remarks>
    public float[] Embed(string path) => Embed(Transform.Apply(path));

    /// <summary>The embedding of an encoded picture (JPEG, PNG, WebP, ...), read to its end; the stream is not closed.</summary>
    /// <exception cref="ImageException">The bytes are no picture, or one larger than <see cref="EncoderOptions.MaxPixels"/>.</exception>
    public float[] Embed(Stream picture) => Embed(Transform.Apply(picture));

    /// <summary>The embedding of a picture that went through <see cref="Transform"/>.</summary>
    /// <param name="picture">[1, channels, height, width].</param>
    /// <exception cref="ArgumentException">The picture is of another shape than the network takes.</exception>
    public float[] Embed(ImageTensor picture) => Compute(picture, prepared => prepared.Run([VitOutput.Embedding])[0]);

    /// <summary>The feature maps of a picture file, or whatever else is asked for.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="outputs">What to compute; nothing: the model's feature maps, the last of them named `neck`.</param>
    /// <exception cref="ImageException">There is no such file, it is no picture, or one larger than <see cref="EncoderOptions.MaxPixels"/>.</exception>
    /// <exception cref="ArgumentException">The network has no such block, stage or head.</exception>
    public ImageFeatures Features(string path, params ReadOnlySpan<EncoderOutput> outputs)
    {
        EncoderOutput[] wanted = Wanted(outputs);
        return Features(Transform.Apply(path), wanted);
    }

    /// <summary>The feature maps of a picture that went through <see cref="Transform"/>, or whatever else is asked for.</summary>
    /// <param name="picture">[1, channels, height, width].</param>
    /// <param name="outputs">What to compute; nothing: the model's feature maps, the last of them named `neck`.</param>
    /// <exception cref="ArgumentException">The picture is of another shape than the network takes, or the network has no such block, stage or head.</exception>
    public ImageFeatures Features(ImageTensor picture, params ReadOnlySpan<EncoderOutput> outputs)
    {
        EncoderOutput[] wanted = Wanted(outputs);
        VitOutput[] computed = [.. wanted.Select(output => output.Of(_network)).Distinct()];
        return Compute(picture, prepared => Named(wanted, computed, prepared.Run(computed)));
    }

    /// <summary>The embeddings of all pictures of a source, in its order; reading, decoding and inference overlap, and memory is bounded.</summary>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <exception cref="ImageException">A picture cannot be used and nobody is told, or the source itself breaks off.</exception>
    public IAsyncEnumerable<ImageEmbedding> EmbedAsync(ImageSource source, Action<SkippedImage>? skipped = null, CancellationToken cancellationToken = default) =>
        ComputeAsync(source, (picture, prepared) => new ImageEmbedding(picture.Name, picture.Label, prepared.Run([VitOutput.Embedding])[0]), skipped, cancellationToken);

    /// <summary>As <see cref="EmbedAsync"/>, with whatever is asked for in place of the embedding.</summary>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="outputs">What to compute; nothing: the model's feature maps, the last of them named `neck`.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <returns>The name of each picture with its features.</returns>
    /// <exception cref="ArgumentException">The network has no such block, stage or head.</exception>
    public IAsyncEnumerable<(string Name, ImageFeatures Features)> FeaturesAsync(
        ImageSource source, IReadOnlyList<EncoderOutput> outputs, Action<SkippedImage>? skipped = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        EncoderOutput[] wanted = Wanted([.. outputs]);
        VitOutput[] computed = [.. wanted.Select(output => output.Of(_network)).Distinct()];
        return ComputeAsync(source, (picture, prepared) => (picture.Name, Named(wanted, computed, prepared.Run(computed))), skipped, cancellationToken);
    }

    /// <summary>As <see cref="FeaturesAsync"/>, with whatever is made of a picture's input and features, on the threads that computed them.</summary>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="make">Gets the picture, the network's input [channels, height, width], valid only while it runs, and the features.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellation">Honoured within one picture.</param>
    internal IAsyncEnumerable<T> FeaturesAsync<T>(
        ImageSource source, IReadOnlyList<EncoderOutput> outputs, Func<EncodedImage, ReadOnlyMemory<float>, ImageFeatures, T> make, Action<SkippedImage>? skipped, CancellationToken cancellation)
    {
        EncoderOutput[] wanted = Wanted([.. outputs]);
        VitOutput[] computed = [.. wanted.Select(output => output.Of(_network)).Distinct()];
        return ComputeAsync(source, (picture, prepared) => make(picture, prepared.Values, Named(wanted, computed, prepared.Run(computed))), skipped, cancellation);
    }

    /// <summary>The numbers of a parameter that is float32; empty where the network has none of that key.</summary>
    internal ReadOnlyMemory<float> Parameter(string key) => _sessions.Parameter(key);

    /// <summary>As many callers at once do it: one thread in each.</summary>
    internal float[] EmbedOnOneThread(ImageTensor picture) => _sessions.Run(picture.Values, [VitOutput.Embedding], 1, CancellationToken.None)[0];

    /// <summary>How alike the embeddings of two encoders are on each picture of a source.</summary>
    /// <param name="other">An encoder whose pictures go through the same transform.</param>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <returns>The cosine of the angle between the two: 1 for equal directions.</returns>
    internal IAsyncEnumerable<double> CompareAsync(ImageEncoder other, ImageSource source, Action<SkippedImage>? skipped, CancellationToken cancellationToken)
    {
        VitOutput[] embedding = [VitOutput.Embedding];
        return ComputeAsync(
            source, (_, prepared) => Cosine(prepared.Run(embedding)[0], (prepared with { Sessions = other._sessions }).Run(embedding)[0]), skipped, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    private static ImageEncoder Open(string path, EncoderOptions options)
    {
        using Activity? span = EncoderTelemetry.StartLoading();
        long started = Stopwatch.GetTimestamp();
        ModelFile file = ModelFile.Open(path, options.Network, options.ImageSize);
        try
        {
            if (!file.Description.Channels.FitPictures) throw ModelThrow.NoPictures(path, file.Network.Channels);
            CheckMemory(file.Network);
            ImageEncoder encoder = new(file, options);
            EncoderLog.ModelLoaded(options.Logger, path, encoder.Description, Stopwatch.GetElapsedTime(started));
            return encoder;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Int8Weights? MatricesOf(ModelFile model, EncoderOptions options)
    {
        Precision precision = options.Precision ?? model.Precision;
        if (precision == Precision.Int8) return Int8Weights.Of(model, options.IsPortable ? ByteProducts.PortableLargestWeight : ByteProducts.LargestWeight);
        return model.Precision == Precision.Float32 ? null : throw ModelThrow.NoFloats(model.Path);
    }

    // Attention grows with the square of the tokens: four times the side is 256 times the memory.
    private static void CheckMemory(Networks.VitNetwork network)
    {
        double attention = (double)sizeof(float) * network.Config.Heads * network.Tokens * network.Tokens;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (attention <= available) return;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"pictures of {network.Size} make {network.Tokens:N0} tokens, whose attention needs {attention / 1e9:N0} GB of memory, more than the {available / 1e9:N0} GB here; choose a smaller picture size."));
    }

    private static GraphCache? FindCache()
    {
        try
        {
            return GraphCache.Below(FoveaHome.Find(Environment.GetEnvironmentVariable), Environment.GetEnvironmentVariable);
        }
        catch (HubException)
        {
            return null;                                                           // a user without a home folder starts more slowly
        }
    }

    private EncoderOutput[] Wanted(ReadOnlySpan<EncoderOutput> outputs)
    {
        EncoderOutput[] wanted = outputs.IsEmpty ? [.. Description.StageNames.Select(EncoderOutput.Parse)] : outputs.ToArray();
        foreach (EncoderOutput output in wanted) output.Of(_network);
        return wanted;
    }

    /// <summary>Whatever is made of the network's outputs for a picture that went through <see cref="Transform"/>.</summary>
    internal T Compute<T>(ImageTensor picture, Func<PreparedPicture, T> compute)
    {
        ArgumentNullException.ThrowIfNull(picture);
        TensorShape needed = new(1, _network.Channels, _network.Size.Height, _network.Size.Width);
        if (picture.Shape != needed) throw new ArgumentException($"the picture is {picture.Shape}, but the network takes {needed}; use the encoder's own Transform.", nameof(picture));
        return compute(new PreparedPicture(_sessions, picture.Values, _options.ThreadCount, CancellationToken.None));
    }

    private ImageFeatures Named(EncoderOutput[] wanted, VitOutput[] computed, float[][] results) =>
        new([.. wanted.Select(output => new ImageFeature(output.Name, output.Shape(_network), results[Array.IndexOf(computed, output.Of(_network))]))], _network);

    /// <summary>As <see cref="EmbedAsync"/>, with whatever is made of the network's outputs; an <see cref="ImageException"/> of the making skips its picture.</summary>
    internal async IAsyncEnumerable<T> ComputeAsync<T>(
        ImageSource source, Func<EncodedImage, PreparedPicture, T> compute, Action<SkippedImage>? skipped, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        await foreach ((EncodedImage picture, T? result, ImageException? reason) in OrderedPipeline
            .Run(source.Open(cancellation), _options.ThreadCount, (picture, stop) => Compute(picture, compute, stop), cancellation: cancellation).ConfigureAwait(false))
        {
            if (reason is null)
            {
                yield return result!;
                continue;
            }
            EncoderLog.PictureSkipped(_options.Logger, picture.Name, reason.Message);
            if (skipped is null) throw reason;
            skipped(new SkippedImage(picture.Name, reason));
        }
    }

    // In double precision: near 1 the rounding of float32 would be most of what is left.
    private static double Cosine(float[] left, float[] right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        foreach ((double one, double two) in left.Zip(right))
        {
            product += one * two;
            leftSquare += one * one;
            rightSquare += two * two;
        }
        return product / Math.Sqrt(leftSquare * rightSquare);
    }

    // One worker takes a picture all the way, one thread inside the network: all cores are busy, and no result depends on its neighbours.
    private (EncodedImage Picture, T? Result, ImageException? Reason) Compute<T>(EncodedImage picture, Func<EncodedImage, PreparedPicture, T> compute, CancellationToken stop)
    {
        using Activity? span = EncoderTelemetry.StartPicture();
        long started = Stopwatch.GetTimestamp();
        int length = Transform.Length;
        float[] input = ArrayPool<float>.Shared.Rent(length);
        try
        {
            using (RgbImage pixels = ImageDecoder.Decode(picture.Read().Span, picture.Name, Transform.Decoding)) Transform.Apply(pixels, input.AsSpan(0, length));
            T result = compute(picture, new PreparedPicture(_sessions, input.AsMemory(0, length), Threads: 1, stop));
            EncoderTelemetry.Used(started);
            return (picture, result, null);
        }
        catch (ImageException reason)
        {
            EncoderTelemetry.Skipped();
            return (picture, default, reason);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }
    }
}
