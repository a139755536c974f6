using Fovea.Numerics;
namespace Fovea.Training.Evaluation;

/// <summary>A measured number and the interval that holds its true value in 95 of 100 repetitions, on the same scale.</summary>
/// <param name="Value">What was measured; shares from 0 to 1.</param>
/// <param name="Low">Lower end; null where one measurement gives none.</param>
/// <param name="High">Upper end; null where one measurement gives none.</param>
internal sealed record Estimate(double Value, double? Low, double? High)
{
    /// <summary>A share of samples, with its Wilson interval.</summary>
    public static Estimate OfShare(int successes, int trials)
    {
        (double low, double high) = WilsonInterval.Of(successes, trials);
        return new((double)successes / trials, low, high);
    }
}
