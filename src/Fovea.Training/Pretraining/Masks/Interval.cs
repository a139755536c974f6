namespace Fovea.Training.Pretraining;

/// <summary>The numbers from <paramref name="Low"/> to <paramref name="High"/>.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest; not below <paramref name="Low"/>.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>The number at <paramref name="share"/> of the way, 0 to 1, in equal steps.</summary>
    public double At(double share) => Low + share * (High - Low);

    /// <summary>The number at <paramref name="share"/> of the way, 0 to 1, in equal factors: a ratio and its reciprocal are equally likely.</summary>
    public double AtFactor(double share) => Low * Math.Pow(High / Low, share);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Low} to {High}");
}
