namespace Fovea.Training.Evaluation;

/// <summary>How the linear probe by logistic regression is fitted and chosen.</summary>
internal sealed record LinearProbeOptions
{
    /// <summary>Chooses the held-out tenth. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the probe may see of the features; with more than one, the held-out samples choose. Default: the features as they are.</summary>
    public IReadOnlyList<ProbeScaling> Scalings { get; init; } = [ProbeScaling.None];

    /// <summary>Strengths C to choose from; the penalty is 1 / (C * samples). Default 45, even in the logarithm from 1e-6 to 1e5 (Oquab et al. 2023, appendix B.3).</summary>
    public IReadOnlyList<double> Strengths { get; init; } = [.. Enumerable.Range(0, 45).Select(point => Math.Pow(10, -6 + 11.0 * point / 44))];

    /// <summary>The largest gradient entry of the final fit; null is 1e-8, and 1e-6 above 100,000 samples.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Evaluations after which a fit is taken as it is; the report says so. Default 1000.</summary>
    public int MostEvaluations { get; init; } = 1000;

    /// <exception cref="ArgumentException">No strength, one that is not above 0, or a limit that is not.</exception>
    public void Check()
    {
        if (Strengths.Count == 0 || Strengths.Any(strength => !(strength > 0) || double.IsInfinity(strength)))
        {
            throw new ArgumentException($"strengths C are numbers above 0, at least one; not '{string.Join(", ", Strengths)}'.");
        }
        if (Tolerance is { } tolerance && !(tolerance > 0)) throw new ArgumentException($"the tolerance is above 0; not {tolerance}.");
        if (MostEvaluations < 1) throw new ArgumentException($"a fit needs at least 1 evaluation; not {MostEvaluations}.");
    }
}
