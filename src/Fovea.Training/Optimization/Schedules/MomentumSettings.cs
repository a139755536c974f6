namespace Fovea.Training.Optimization;

/// <summary>The momentum of the target encoder's moving average over a run. The defaults are the reference's: 0.996 to 1 along a cosine.</summary>
internal sealed record MomentumSettings
{
    /// <summary>At the start. Default 0.996.</summary>
    public double Start { get; init; } = 0.996;

    /// <summary>At the end, which it never quite reaches. Default 1.</summary>
    public double End { get; init; } = 1;

    /// <summary>The way. Default cosine; linear in the published method (Assran et al. 2023, appendix A.1).</summary>
    public Curve Curve { get; init; } = Curve.Cosine;
}
