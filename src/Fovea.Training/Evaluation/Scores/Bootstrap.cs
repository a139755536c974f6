using Fovea.Training.Randomness;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Intervals of anything that is measured over pictures: pictures are drawn again, with replacement, and the measure is taken on each draw (Efron 1979, percentiles).
/// </summary>
internal static class Bootstrap
{
    /// <summary>Draws that an interval is made of.</summary>
    public const int DefaultResamples = 1000;

    /// <summary>Measures of a set of pictures, each with the interval between the 2.5 and the 97.5 percentile of its resamples.</summary>
    /// <param name="pictures">How many there are.</param>
    /// <param name="seed">Part of the report: the same seed gives the same interval on every machine.</param>
    /// <param name="measure">The measures of the pictures with these numbers; one may come more than once. Called from several threads.</param>
    /// <param name="resamples">How often to draw.</param>
    public static Estimate[] Of(int pictures, ulong seed, Func<int[], double[]> measure, int resamples = DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictures);
        double[][] measures = new double[resamples][];
        Parallel.For(0, resamples, resample => measures[resample] = measure(Draw(pictures, seed, resample)));
        return [.. measure([.. Enumerable.Range(0, pictures)]).Select((value, number) =>
        {
            double[] sorted = [.. measures.Select(one => one[number]).Order()];
            return new Estimate(value, Percentile(sorted, 0.025), Percentile(sorted, 0.975));
        })];
    }

    /// <summary>The mean of one number per picture.</summary>
    public static Estimate OfMean(IReadOnlyList<double> values, ulong seed, int resamples = DefaultResamples) =>
        Of(values.Count, seed, draw => [draw.Average(picture => values[picture])], resamples)[0];

    /// <summary>The mean difference of two models on the same pictures, drawn together: first less second.</summary>
    /// <exception cref="ArgumentException">They are not equally many.</exception>
    public static Estimate OfDifference(IReadOnlyList<double> first, IReadOnlyList<double> second, ulong seed, int resamples = DefaultResamples)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} numbers stand against {second.Count}; compare models on the same pictures.", nameof(second));
        }
        return Of(first.Count, seed, draw => [draw.Average(picture => first[picture] - second[picture])], resamples)[0];
    }

    private static int[] Draw(int pictures, ulong seed, int resample)
    {
        RandomStream random = new(seed, RandomPurpose.Evaluation, resample, EvaluationDraws.Bootstrap);
        int[] draw = new int[pictures];
        for (int index = 0; index < pictures; index++) draw[index] = random.NextInteger(pictures);
        return draw;
    }

    // Linear between order statistics, at quantile * (n - 1).
    private static double Percentile(double[] sorted, double quantile)
    {
        double place = quantile * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
