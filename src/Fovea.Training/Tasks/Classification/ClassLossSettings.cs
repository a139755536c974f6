namespace Fovea.Training.Tasks;

/// <summary>What a classifier is trained to make small.</summary>
internal enum ClassLossKind
{
    /// <summary>Cross-entropy of the softmax over all classes.</summary>
    CrossEntropy,

    /// <summary>Binary cross-entropy of every class by itself; of a mixed pair both classes are right (Wightman et al. 2021).</summary>
    Binary,
}

/// <summary>The loss of a classifier.</summary>
internal sealed record ClassLossSettings
{
    /// <summary>Which. Default cross-entropy.</summary>
    public ClassLossKind Kind { get; init; }

    /// <summary>Label smoothing (Szegedy et al. 2016, section 7): the share of every target that is spread over all classes, 0 to below 0.5. Default 0.</summary>
    public double Smoothing { get; init; }

    /// <summary>How rare classes are made to count more. Default not at all.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>Binary: what of a mixed target counts as right. Default 0: everything above it.</summary>
    public double BinaryThreshold { get; init; }

    /// <exception cref="ArgumentException">A number is outside of its range, or two exclude each other.</exception>
    public void Check()
    {
        if (Smoothing is not (>= 0 and < 0.5)) throw new ArgumentException($"a label smoothing of {Smoothing} cannot be; it is 0 or more, and below 0.5.");
        if (BinaryThreshold is not (>= 0 and < 1)) throw new ArgumentException($"the threshold of binary targets is {BinaryThreshold}; it is 0 or more, and below 1.");
        if (Kind != ClassLossKind.Binary) return;
        if (Smoothing > 0) throw new ArgumentException("the binary loss has no label smoothing; set loss.smoothing to 0.");
        if (ClassWeights != ClassWeighting.None) throw new ArgumentException("the binary loss has no class weights; set loss.class_weights to none, and perhaps data.sampling to balanced.");
    }
}
