using Fovea.Images;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea;

/// <summary>How an encoder, or a classifier with its encoder, is loaded and run; the defaults are right for most.</summary>
public sealed record EncoderOptions
{
    /// <summary>The registered name of the network, where the model file does not tell it. Default: it does.</summary>
    public string? Network { get; init; }

    /// <summary>
    /// Pictures are resized to this, and the position table with it, as the reference's adjust_size does; both sides are multiples of the
    /// patch size. Default: the size that the model was trained with.
    /// </summary>
    public ImageSize? ImageSize { get; init; }

    /// <summary>
    /// The arithmetic of the network. Default: float32, the reference's numbers, but int8 for an `.onnx` that was exported as int8 and has nothing else.
    /// </summary>
    public Precision? Precision { get; init; }

    /// <summary>Processor threads to use, at least 1. Default: all cores that this process has.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether the EXIF orientation of a picture is applied. Default false: the reference ignores it, and its embeddings differ.</summary>
    public bool AppliesOrientation { get; init; }

    /// <summary>Pictures with more pixels are refused from their header, before anything is allocated. Default 178,000,000, about where the reference refuses; at most 536,870,908 are read.</summary>
    public long MaxPixels { get; init; } = DecodeOptions.Default.MaxPixels;

    /// <summary>
    /// Whether an <see cref="ImageClassifier"/> looks at five crops of each picture (corners and centre, 80 % of each side, resized back) and
    /// averages their probabilities, as the reference does with `tta`; the network runs five times for each. Default false. An <see cref="ImageEncoder"/>
    /// refuses it: the reference averages no embeddings.
    /// </summary>
    public bool TestTimeAugmentation { get; init; }

    /// <summary>Told when a model is loaded and when a picture of a source is skipped. Default: nobody is.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Whether int8 weights are those of a file that travels: exact on every processor, also where this one could have finer ones.</summary>
    internal bool IsPortable { get; init; }

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    internal void Check()
    {
        if (Threads is < 1) throw new ArgumentException($"{Threads} threads cannot run a network; give at least 1.");
        if (Precision is { } precision && !Enum.IsDefined(precision)) throw new ArgumentException($"precision {precision} is unknown; take {string.Join(" or ", Enum.GetNames<Precision>())}.");
        if (MaxPixels < 1) throw new ArgumentException($"a limit of {MaxPixels} pixels refuses every picture; give at least 1.");
    }

    internal int ThreadCount => Threads ?? Environment.ProcessorCount;
}
