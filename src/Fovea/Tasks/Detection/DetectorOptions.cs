using Fovea.Images;
using Fovea.Tasks;

namespace Fovea;

/// <summary>How an object detector is loaded and run; the defaults are right for most.</summary>
public sealed record DetectorOptions
{
    /// <summary>Detections with a lower score are left out, 0 to below 1. Default 0.2; 0.05 to measure average precision, which counts what is left out as missed.</summary>
    public double LeastScore { get; init; } = 0.2;

    /// <summary>Of two boxes of a class whose intersection over union is greater, the one with the lower score is left out; 0 to 1. Default 0.6.</summary>
    public double MostOverlap { get; init; } = 0.6;

    /// <summary>Detections of a picture at most, best first. Default 100.</summary>
    public int MostDetections { get; init; } = 100;

    /// <summary>Pictures are fitted into this instead of the size that the detector was trained with; both sides are multiples of the patch size. Default: that size.</summary>
    public ImageSize? ImageSize { get; init; }

    /// <summary>Processor threads to use, at least 1. Default: all cores that this process has.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether pictures are turned upright by their EXIF orientation before the detector sees them. Boxes are in the stored picture either way. Default true.</summary>
    public bool AppliesOrientation { get; init; } = true;

    /// <summary>Pictures with more pixels are refused from their header, before anything is allocated. Default 178,000,000.</summary>
    public long MaxPixels { get; init; } = DecodeOptions.Default.MaxPixels;

    internal int ThreadCount => Threads ?? Environment.ProcessorCount;

    internal DetectionSettings Settings => new() { LeastScore = LeastScore, MostOverlap = MostOverlap, MostDetections = MostDetections };

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    internal void Check()
    {
        if (LeastScore is not (>= 0 and < 1)) throw new ArgumentException($"a least score of {LeastScore} cannot be; it is 0 or more, and below 1.");
        if (MostOverlap is not (>= 0 and <= 1)) throw new ArgumentException($"an overlap of {MostOverlap} cannot be; it is a share from 0 to 1.");
        if (MostDetections < 1) throw new ArgumentException($"{MostDetections} detections of a picture are none; give 1 or more.");
        if (Threads is < 1) throw new ArgumentException($"{Threads} threads cannot run a network; give at least 1.");
        if (MaxPixels < 1) throw new ArgumentException($"a limit of {MaxPixels} pixels refuses every picture; give at least 1.");
    }
}
