using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Fovea.Images;
using Fovea.Insight;

namespace Fovea.Training.Evaluation;

/// <summary>
/// CorLoc of LOST (Siméoni et al. 2021, section 4): one box a picture, found without labels, against all annotated boxes. Pictures keep their size, so a network is
/// made for each size there is; pictures of one size go together.
/// </summary>
internal sealed class DiscoveryEvaluation
{
    private readonly string _model;
    private readonly EncoderOptions _options;
    private readonly DiscoveryProtocol _protocol;
    private readonly AnnotatedBoxes _boxes;
    private readonly ConcurrentDictionary<int, Found> _found = new();
    private readonly ConcurrentDictionary<int, SkippedImage> _skipped = new();

    /// <param name="model">A model's file.</param>
    /// <param name="options">How it is loaded; size and threads are this class's.</param>
    /// <param name="protocol">How objects are looked for.</param>
    /// <param name="boxes">What they are compared with.</param>
    public DiscoveryEvaluation(string model, EncoderOptions options, DiscoveryProtocol protocol, AnnotatedBoxes boxes)
    {
        _model = model;
        _options = options with { Threads = 1, IsPortable = true };                // no cached graph: hundreds of sizes would push out those that are needed daily
        _protocol = protocol;
        _boxes = boxes;
    }

    /// <summary>Measures.</summary>
    /// <param name="source">Pictures; those that the annotations do not have are counted and left out.</param>
    /// <param name="skipped">Told of each picture that cannot be used, in order.</param>
    /// <param name="threads">Pictures at once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EvaluationException">No picture is annotated, or none can be used.</exception>
    /// <exception cref="ArgumentException">The model has no such block, or takes no other size.</exception>
    public DiscoveryReport Run(ImageSource source, Action<SkippedImage> skipped, int threads, CancellationToken cancellation)
    {
        EncodedImage[] pictures = [.. source.Open(cancellation)];
        int[] annotated = [.. Enumerable.Range(0, pictures.Length).Where(number => _boxes.Find(pictures[number].Name) is not null)];
        if (annotated.Length == 0)
        {
            string example = pictures.Length == 0 ? "there is no picture" : $"'{pictures[0].Name}' and {pictures.Length - 1} others are not in them";
            throw new EvaluationException($"the annotations have none of the pictures: {example}; pictures and annotations are matched by file name without extension.");
        }
        int[] counted = [.. annotated.Where(number => _boxes.Find(pictures[number].Name)!.Boxes.Count > 0)];
        using ImageEncoder encoder = ImageEncoder.Load(_model, _options with { ImageSize = _protocol.FixedSize });
        ModelDescription description = encoder.Description;
        if (_protocol.Block is { } block && (block < 0 || block >= description.Config.Depth)) throw new ArgumentException($"block {block} is asked for, but the network has blocks 0 to {description.Config.Depth - 1}.");
        if (_protocol.FixedSize is not null) RunGroup(encoder, [.. counted], pictures, null, threads, cancellation);
        else RunBySize(description, counted, pictures, threads, cancellation);
        foreach ((_, SkippedImage picture) in _skipped.OrderBy(pair => pair.Key)) skipped(picture);
        if (_found.IsEmpty) throw new EvaluationException("no picture with an annotated object could be used; the lines above say why.");
        return Report(pictures, pictures.Length - annotated.Length, annotated.Length - counted.Length);
    }

    private DiscoveryReport Report(EncodedImage[] pictures, int unannotated, int empty)
    {
        CorLocCounter counter = new();
        List<(string, PixelBox, int)> objects = [];
        foreach ((int number, Found found) in _found.OrderBy(pair => pair.Key))
        {
            AnnotatedPicture annotated = _boxes.Find(pictures[number].Name)!;
            PixelBox box = found.Object.Box.Scaled(found.Size, annotated.Size);
            counter.Add(annotated, box, found.Object.SeedOnlyBox.Scaled(found.Size, annotated.Size));
            objects.Add((pictures[number].Name, box, found.Object.Seed));
        }
        return new(counter.Scores, objects, _found.Values.Average(found => found.Object.PositiveShare), unannotated, empty);
    }

    // Sizes are guessed from the annotations; a picture of another size than they say goes to the group of its own.
    private void RunBySize(ModelDescription description, int[] counted, EncodedImage[] pictures, int threads, CancellationToken cancellation)
    {
        int patch = description.Config.PatchSize;
        Dictionary<ImageSize, List<int>> groups = [];
        foreach (int number in counted) Group(Padded(Shrunk(_boxes.Find(pictures[number].Name)!.Size), patch)).Add(number);
        while (groups.Count > 0)
        {
            (ImageSize size, List<int> group) = groups.OrderBy(pair => (pair.Key.Height, pair.Key.Width)).First();
            groups.Remove(size);
            using ImageEncoder encoder = ImageEncoder.Load(_model, _options with { ImageSize = size });
            foreach ((int number, ImageSize other) in RunGroup(encoder, group, pictures, patch, threads, cancellation)) Group(other).Add(number);
        }

        List<int> Group(ImageSize size)
        {
            if (!groups.TryGetValue(size, out List<int>? group)) groups[size] = group = [];
            return group;
        }
    }

    private IEnumerable<(int Number, ImageSize Size)> RunGroup(ImageEncoder encoder, List<int> group, EncodedImage[] pictures, int? patch, int threads, CancellationToken cancellation)
    {
        ConcurrentBag<(int, ImageSize)> others = [];
        try
        {
            Parallel.ForEach(group, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, number =>
            {
                if (RunPicture(encoder, number, pictures[number], patch) is { } size) others.Add((number, size));
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);              // the sentence is in the first one
        }
        return others.OrderBy(other => other.Item1);
    }

    // The size of the group that the picture belongs to, where it is not this one.
    private ImageSize? RunPicture(ImageEncoder encoder, int number, EncodedImage picture, int? patch)
    {
        try
        {
            using RgbImage image = ImageDecoder.Decode(picture.Read().Span, picture.Name, DecodeOptions.Default);
            ImageSize shown = patch is null ? encoder.Description.ImageSize : Shrunk(image.Size);
            if (patch is { } side && Padded(shown, side) is var padded && padded != encoder.Description.ImageSize) return padded;
            _found[number] = new(Find(encoder, Input(encoder, image, shown), shown), shown);
        }
        catch (ImageException reason)
        {
            _skipped[number] = new SkippedImage(picture.Name, reason);
        }
        return null;
    }

    private DiscoveredObject Find(ImageEncoder encoder, ImageTensor input, ImageSize shown)
    {
        int last = encoder.Description.Config.Depth - 1, block = _protocol.Block ?? last;
        EncoderOutput output = _protocol.Feature switch
        {
            PatchFeature.Keys => EncoderOutput.Keys(block),
            PatchFeature.Queries => EncoderOutput.Queries(block),
            PatchFeature.Values => EncoderOutput.Values(block),
            _ => block == last ? EncoderOutput.Tokens : EncoderOutput.BlockTokens(block),
        };
        ReadOnlyMemory<float> patches = encoder.Layout.Patches(encoder.Features(input, output)[output.Name].Values);
        return ObjectDiscovery.Find(patches.Span, encoder.Width, encoder.Layout.Grid, encoder.Description.Config.PatchSize, shown, _protocol.Options);
    }

    // Normalised first, then padded right and below with zeros: the mean colour.
    private static ImageTensor Input(ImageEncoder encoder, RgbImage image, ImageSize shown)
    {
        ImageSize size = encoder.Description.ImageSize;
        int channels = encoder.Description.Channels.Channels;
        float[] normalised = new float[channels * shown.Height * shown.Width], padded = new float[channels * size.Height * size.Width];
        new ImageTransform(shown, encoder.Description.Channels).Apply(image, normalised);
        for (int row = 0; row < channels * shown.Height; row++)
        {
            int target = (row / shown.Height * size.Height + row % shown.Height) * size.Width;
            normalised.AsSpan(row * shown.Width, shown.Width).CopyTo(padded.AsSpan(target));
        }
        return new ImageTensor(new TensorShape(1, channels, size.Height, size.Width), padded);
    }

    private ImageSize Shrunk(ImageSize size)
    {
        int longest = Math.Max(size.Height, size.Width);
        if (_protocol.MostPixels is not { } most || longest <= most) return size;
        return new(Math.Max(1, (int)Math.Round((double)size.Height * most / longest)), Math.Max(1, (int)Math.Round((double)size.Width * most / longest)));
    }

    private static ImageSize Padded(ImageSize size, int patch) => new((size.Height + patch - 1) / patch * patch, (size.Width + patch - 1) / patch * patch);

    private sealed record Found(DiscoveredObject Object, ImageSize Size);
}
