namespace Fovea.Training.Evaluation;

/// <summary>How the sweep of linear heads is trained (Oquab et al. 2023, appendix B.3), on cached features instead of augmented pictures.</summary>
internal sealed record SgdSweepOptions
{
    /// <summary>Chooses the held-out tenth, the start values and the order of samples. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>What heads may see of the features; with more than one, the held-out samples choose. Default: the features as they are.</summary>
    public IReadOnlyList<ProbeScaling> Scalings { get; init; } = [ProbeScaling.None];

    /// <summary>One head each, all trained at once; multiplied with batch / 256. Default: 13 from 1e-5 to 0.1.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1];

    /// <summary>Updates. Default 12,500.</summary>
    public int Steps { get; init; } = 12_500;

    /// <summary>Samples of an update; all, where there are fewer. Default 1024.</summary>
    public int Batch { get; init; } = 1024;

    /// <exception cref="ArgumentException">No learning rate, or a number that is not above 0.</exception>
    public void Check()
    {
        if (LearningRates.Count == 0 || LearningRates.Any(rate => !(rate > 0) || double.IsInfinity(rate)))
        {
            throw new ArgumentException($"learning rates are numbers above 0, at least one; not '{string.Join(", ", LearningRates)}'.");
        }
        if (Steps < 1 || Batch < 1) throw new ArgumentException($"steps and batch are at least 1; not {Steps} and {Batch}.");
    }
}
