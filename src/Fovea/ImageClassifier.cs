using System.Collections.Immutable;
using Fovea.Checkpoints;
using Fovea.Images;
using Fovea.Inference;
using Fovea.Tasks;

namespace Fovea;

/// <summary>Pictures to classes with their probabilities: an encoder and its head, with the numbers of the reference.</summary>
/// <remarks>Ready when it is loaded, immutable, safe to use from many threads. Disposing it while another thread uses it lets the pictures under way finish; the next one throws.</remarks>
public sealed class ImageClassifier : IDisposable
{
    private readonly ImageEncoder _encoder;
    private readonly ClassRanking _ranking;
    private readonly bool _takesFiveCrops;

    private ImageClassifier(ImageEncoder encoder, bool takesFiveCrops)
    {
        _encoder = encoder;
        _ranking = new ClassRanking(encoder.Description);
        _takesFiveCrops = takesFiveCrops;
    }

    /// <summary>What the model is: network, picture size, channel statistics, classes.</summary>
    public ModelDescription Description => _encoder.Description;

    /// <summary>From picture files to the network's input, with the numbers of the model.</summary>
    public ImageTransform Transform => _encoder.Transform;

    /// <summary>The name of each class, by index; the index in decimal where the model's file gives no name.</summary>
    public ImmutableArray<string> ClassNames => _ranking.Names;

    /// <summary>Loads a model with a head; a published one that is not here yet is downloaded.</summary>
    /// <param name="model">As <see cref="ImageEncoder.LoadAsync"/> takes it.</param>
    /// <param name="options">Picture size, threads, limits, test-time augmentation; null: the defaults.</param>
    /// <param name="cancellationToken">Ends a download; what has arrived is kept for the next one.</param>
    /// <exception cref="CheckpointException">The file is absent, damaged, hostile, of no network that is known, or of a model without a head.</exception>
    /// <exception cref="HubException">The name is unknown, or its file cannot be had.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the picture size does not fit the network's patches, this machine's memory or the crops of test-time augmentation.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime's native library is missing; the message names the package.</exception>
    public static Task<ImageClassifier> LoadAsync(string model, EncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EncoderOptions();
        // The encoder runs the network on what it is given; which pictures those are is decided here.
        return OpenAsync(model, ImageEncoder.LoadAsync(model, options with { TestTimeAugmentation = false }, cancellationToken), options.TestTimeAugmentation);
    }

    /// <summary>As <see cref="LoadAsync"/>, blocking.</summary>
    public static ImageClassifier Load(string model, EncoderOptions? options = null) => LoadAsync(model, options).GetAwaiter().GetResult();

    /// <summary>The classes of a picture file.</summary>
    /// <returns>All classes, the most probable first; of equal ones the lower index.</returns>
    /// <exception cref="ImageException">There is no such file, it is no picture, one larger than <see cref="EncoderOptions.MaxPixels"/>, or the network gives NaN for it.</exception>
    /// <remarks>For more than a handful of pictures, <see cref="ClassifyAsync"/> is faster.</remarks>
    public IReadOnlyList<ClassProbability> Classify(string path) => Classify(Transform.Apply(path), path);

    /// <summary>The classes of an encoded picture (JPEG, PNG, WebP, ...), read to its end; the stream is not closed.</summary>
    /// <returns>All classes, the most probable first; of equal ones the lower index.</returns>
    /// <exception cref="ImageException">The bytes are no picture, one larger than <see cref="EncoderOptions.MaxPixels"/>, or the network gives NaN for it.</exception>
    public IReadOnlyList<ClassProbability> Classify(Stream picture) => Classify(Transform.Apply(picture));

    /// <summary>The classes of a picture that went through <see cref="Transform"/>.</summary>
    /// <param name="picture">[1, channels, height, width].</param>
    /// <returns>All classes, the most probable first; of equal ones the lower index.</returns>
    /// <exception cref="ArgumentException">The picture is of another shape than the network takes.</exception>
    /// <exception cref="ImageException">The network gives NaN for it.</exception>
    public IReadOnlyList<ClassProbability> Classify(ImageTensor picture) => Classify(picture, "picture");

    /// <summary>The classes of all pictures of a source, in its order; reading, decoding and inference overlap, and memory is bounded.</summary>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <exception cref="ImageException">A picture cannot be used and nobody is told, or the source itself breaks off.</exception>
    public IAsyncEnumerable<ImageClassification> ClassifyAsync(ImageSource source, Action<SkippedImage>? skipped = null, CancellationToken cancellationToken = default) =>
        _encoder.ComputeAsync(source, (picture, prepared) => new ImageClassification(picture.Name, picture.Label, Rank(prepared, picture.Name)), skipped, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private static async Task<ImageClassifier> OpenAsync(string model, Task<ImageEncoder> loading, bool takesFiveCrops)
    {
        ImageEncoder encoder = await loading.ConfigureAwait(false);
        try
        {
            if (encoder.Description.Outputs == 0) throw ModelThrow.NoClasses(model);
            if (takesFiveCrops) FiveCrops.Check(encoder.Transform.Size);
            return new ImageClassifier(encoder, takesFiveCrops);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    private ClassProbability[] Classify(ImageTensor picture, string name) => _encoder.Compute(picture, prepared => Rank(prepared, name));

    private ClassProbability[] Rank(PreparedPicture picture, string name) =>
        _ranking.Rank(_takesFiveCrops ? ClassProbabilities.OfFiveCrops(picture, Transform.Size) : ClassProbabilities.Of(picture), name);
}
