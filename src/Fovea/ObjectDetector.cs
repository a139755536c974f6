using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Images;
using Fovea.Inference;
using Fovea.Networks;
using Fovea.Tasks;

namespace Fovea;

/// <summary>Pictures to the objects in them: what `fovea-train detect` trains, without libtorch.</summary>
/// <remarks>Ready when it is loaded, immutable, safe to use from many threads. Disposing it while another thread uses it lets the pictures under way finish; the next one throws.</remarks>
public sealed class ObjectDetector : IDisposable
{
    private readonly DetectorSessions _sessions;
    private readonly DetectorOptions _options;
    private readonly DetectionDecoder _decoder;
    private readonly FittedTransform _transform;
    private readonly Locations[] _levels;
    private readonly int _length;

    private ObjectDetector(ModelFile model, DetectorOptions options)
    {
        _sessions = new DetectorSessions(model);
        _options = options;
        _decoder = new DetectionDecoder(options.Settings);
        Description = model.Description;
        ClassNames = new ClassRanking(Description).Names;
        CategoryIds = Description.Detector!.CategoryIds;
        _transform = new FittedTransform(Description.ImageSize, Description.Channels);
        _levels = Locations.OfLevels(Description.ImageSize, DetectorConfig.GridsOf(model.Network.Grid), DetectorConfig.CellSizesOf(Description.Config.PatchSize));
        _length = checked(Description.Channels.Channels * Description.ImageSize.Height * Description.ImageSize.Width);
    }

    /// <summary>What the detector is: network, picture size, channel statistics, classes.</summary>
    public ModelDescription Description { get; }

    /// <summary>The name of each class, by index.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>What each class is numbered by in the annotations that the detector was trained on, and in COCO result files; by index.</summary>
    public ImmutableArray<long> CategoryIds { get; }

    /// <summary>Loads a detector.</summary>
    /// <param name="model">A run folder of `fovea-train detect`, its `model.safetensors`, or an exported `.onnx`. A file may come from anywhere: no code in it is ever run.</param>
    /// <param name="options">Thresholds, picture size, threads, limits; null: the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="CheckpointException">The file is absent, damaged, hostile, or no detector.</exception>
    /// <exception cref="HubException">The name is unknown, or its file cannot be had.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the picture size does not fit the network's patches.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime's native library is missing; the message names the package.</exception>
    public static Task<ObjectDetector> LoadAsync(string model, DetectorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        options ??= new DetectorOptions();
        options.Check();
        return Task.Run(async () => Open(await ModelReference.ResolveAsync(model, cancellation: cancellationToken).ConfigureAwait(false), options), cancellationToken);
    }

    /// <summary>As <see cref="LoadAsync"/>, blocking.</summary>
    public static ObjectDetector Load(string model, DetectorOptions? options = null) => LoadAsync(model, options).GetAwaiter().GetResult();

    /// <summary>The objects of a picture file.</summary>
    /// <exception cref="ImageException">There is no such file, it is no picture, one larger than <see cref="DetectorOptions.MaxPixels"/>, or the network gives NaN for it.</exception>
    /// <remarks>For more than a handful of pictures, <see cref="DetectAsync"/> is faster.</remarks>
    public ImageDetections Detect(string path) => Detect(EncodedImage.OfFile(path, path), _options.ThreadCount, CancellationToken.None);

    /// <summary>The objects of an encoded picture (JPEG, PNG, WebP, ...), read to its end; the stream is not closed.</summary>
    /// <exception cref="ImageException">The bytes are no picture, one larger than <see cref="DetectorOptions.MaxPixels"/>, or the network gives NaN for it.</exception>
    public ImageDetections Detect(Stream picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Detect(EncodedImage.OfStream(picture, "picture"), _options.ThreadCount, CancellationToken.None);
    }

    /// <summary>The objects of all pictures of a source, in its order; reading, decoding and inference overlap, and memory is bounded.</summary>
    /// <param name="source">Files, folders, archives; read once.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order; null: the first one ends the enumeration with its <see cref="ImageException"/>.</param>
    /// <param name="cancellationToken">Honoured within one picture.</param>
    /// <exception cref="ImageException">A picture cannot be used and nobody is told, or the source itself breaks off.</exception>
    public IAsyncEnumerable<ImageDetections> DetectAsync(ImageSource source, Action<SkippedImage>? skipped = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return DetectAll(source, (_, found) => found, skipped, cancellationToken);
    }

    /// <summary>As <see cref="DetectAsync"/>, with whatever is made of a picture and its objects while other pictures are worked on.</summary>
    internal async IAsyncEnumerable<T> DetectAll<T>(ImageSource source, Func<EncodedImage, ImageDetections, T> make, Action<SkippedImage>? skipped, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // One worker takes a picture all the way, one thread inside the network: all cores are busy.
        await foreach ((EncodedImage picture, T? result, ImageException? reason) in OrderedPipeline
            .Run(source.Open(cancellation), _options.ThreadCount, (picture, stop) => TryMake(picture, make, stop), cancellation: cancellation).ConfigureAwait(false))
        {
            if (reason is null)
            {
                yield return result!;
                continue;
            }
            if (skipped is null) throw reason;
            skipped(new SkippedImage(picture.Name, reason));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();

    private static ObjectDetector Open(string path, DetectorOptions options)
    {
        ModelFile model = ModelFile.OpenDetector(path, options.ImageSize);
        try
        {
            return new ObjectDetector(model, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private (EncodedImage Picture, T? Result, ImageException? Reason) TryMake<T>(EncodedImage picture, Func<EncodedImage, ImageDetections, T> make, CancellationToken stop)
    {
        try
        {
            return (picture, make(picture, Detect(picture, threads: 1, stop)), null);
        }
        catch (ImageException reason)
        {
            return (picture, default, reason);
        }
    }

    private ImageDetections Detect(EncodedImage picture, int threads, CancellationToken cancellation)
    {
        float[] input = ArrayPool<float>.Shared.Rent(_length);
        try
        {
            DecodeOptions decoding = new() { MaxPixels = _options.MaxPixels, AppliesOrientation = _options.AppliesOrientation };
            using RgbImage pixels = ImageDecoder.Decode(picture.Read().Span, picture.Name, decoding, out int turned);
            ImageSize fitted = _transform.Apply(pixels.Window, input.AsSpan(0, _length));
            float[][] said = _sessions.Run(input.AsMemory(0, _length), threads, cancellation);
            if (said.Any(numbers => numbers.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))) throw TaskThrow.NoNumbers(picture.Name);
            IEnumerable<ScoredBox> found = _decoder.Decode(MapsOf(said), Description.Outputs, fitted).Select(box => box.ToPicture(fitted, pixels.Size));
            return new ImageDetections(picture.Name, StoredSize(pixels.Size, turned), [.. found.Select(one => new DetectedObject(one.Class, ClassNames[one.Class], one.Score, ToStored(one.Box, turned, pixels.Size)))]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }
    }

    private List<DetectorMaps<float>> MapsOf(float[][] said)
    {
        List<DetectorMaps<float>> maps = [];
        int first = 0, classes = Description.Outputs;
        foreach (Locations level in _levels)
        {
            maps.Add(new(level, said[0].AsMemory(first * classes, level.Count * classes), said[1].AsMemory(4 * first, 4 * level.Count), said[2].AsMemory(first, level.Count)));
            first += level.Count;
        }
        return maps;
    }

    private static ImageSize StoredSize(ImageSize upright, int turned) => turned >= 5 ? new(upright.Width, upright.Height) : upright;

    private static BoundingBox ToStored(BoundingBox box, int turned, ImageSize upright)
    {
        (double x1, double y1) = Orientation.ToStored(box.Left, box.Top, turned, upright);
        (double x2, double y2) = Orientation.ToStored(box.Right, box.Bottom, turned, upright);
        return new BoundingBox(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
    }
}
