namespace Fovea.Training.Evaluation;

/// <summary>The same measure over several runs that differ in their random draws alone.</summary>
/// <param name="Values">One for each run.</param>
internal sealed record RepeatedRuns(IReadOnlyList<double> Values)
{
    /// <summary>The mean of the runs.</summary>
    public double Mean => Values.Average();

    /// <summary>The deviation of the runs, with n - 1; null for one run.</summary>
    public double? StandardDeviation => Values.Count < 2 ? null : Math.Sqrt(Values.Sum(value => (value - Mean) * (value - Mean)) / (Values.Count - 1));

    /// <summary>The mean and its 95 % t-interval; one run has none.</summary>
    public Estimate Interval
    {
        get
        {
            if (StandardDeviation is not { } deviation) return new(Mean, null, null);
            double half = StudentT.Quantile975(Values.Count - 1) * deviation / Math.Sqrt(Values.Count);
            return new(Mean, Mean - half, Mean + half);
        }
    }
}
