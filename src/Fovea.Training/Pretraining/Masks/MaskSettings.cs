namespace Fovea.Training.Pretraining;

/// <summary>
/// How many blocks are drawn, how large, and by which sampler: multi-block masking of Assran et al. 2023, sec. 3 and appendix A.1. The defaults are
/// those of article and reference. Whether they fit a grid is said by <see cref="MaskSampler.Create"/>.
/// </summary>
internal sealed record MaskSettings
{
    /// <summary>Who draws. Default unbiased.</summary>
    public MaskSamplerKind Sampler { get; init; }

    /// <summary>Area of a context block before targets are taken out of it, as a share of the grid. Default 0.85 to 1.</summary>
    public Interval ContextScale { get; init; } = new(0.85, 1);

    /// <summary>Area of a target block, as a share of the grid. Default 0.15 to 0.2.</summary>
    public Interval TargetScale { get; init; } = new(0.15, 0.2);

    /// <summary>Height of a target block divided by its width; context blocks are square. Default 0.75 to 1.5.</summary>
    public Interval TargetAspect { get; init; } = new(0.75, 1.5);

    /// <summary>Context blocks of a picture, at least 1. Default 1.</summary>
    public int ContextBlocks { get; init; } = 1;

    /// <summary>Target blocks of a picture, at least 1; they may overlap. Default 4.</summary>
    public int TargetBlocks { get; init; } = 4;

    /// <summary>Every block keeps more patches than this, not as many: the reference's meaning. A count, so a small grid needs a smaller one (8x8: 4). Default 10.</summary>
    public int MinKeep { get; init; } = 10;

    /// <summary>Whether the context keeps the patches that are targets too. Default false.</summary>
    public bool AllowsOverlap { get; init; }

    /// <summary>
    /// Unbiased sampler only: the share of pictures, 0 to 0.5, that show less context than the batch is cut to, and are therefore drawn again. With 0 only
    /// pictures below <see cref="MinKeep"/> are, and the batch is cut to its least context as in the reference: the larger the batch, the less context. Default 0.05.
    /// </summary>
    public double ContextQuantile { get; init; } = 0.05;
}
