namespace Fovea.Numerics;

/// <summary>The interval of a share, good also near 0 and 1 and for few samples (Wilson 1927).</summary>
internal static class WilsonInterval
{
    /// <summary>The normal quantile of 95 %, two-sided.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>Both ends, from 0 to 1.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="z">The normal quantile of the level.</param>
    public static (double Low, double High) Of(int successes, int trials, double z = Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double n = trials, p = successes / n;
        double middle = p + z * z / (2 * n), half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)), scale = 1 + z * z / n;
        return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }
}
