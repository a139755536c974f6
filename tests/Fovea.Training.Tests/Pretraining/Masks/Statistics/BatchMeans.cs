namespace Fovea.Training.Tests.Pretraining;

/// <summary>Means over batches of one or many quantities, and how sure they are.</summary>
/// <param name="count">Quantities.</param>
internal sealed class BatchMeans(int count)
{
    private readonly List<double[]> _batches = [];

    /// <summary>The values of one batch: [quantities].</summary>
    public void Add(double[] values)
    {
        if (values.Length != count) throw new ArgumentException($"{values.Length} values instead of {count}");
        _batches.Add(values);
    }

    /// <summary>The mean of one quantity.</summary>
    public double Mean(int quantity = 0) => Mean([quantity]);

    /// <summary>The mean of several quantities together: a row or a column of a map.</summary>
    public double Mean(int[] quantities) => Values(quantities).Average();

    /// <summary>The standard deviation of a batch's value.</summary>
    public double Deviation(int[] quantities)
    {
        double[] values = [.. Values(quantities)];
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>The standard error of the mean, when every batch counts once.</summary>
    public double Error(int[] quantities) => Deviation(quantities) / Math.Sqrt(_batches.Count);

    /// <summary>The same quantities less others, batch by batch: for comparing two parts of a map whose errors are not independent.</summary>
    public BatchMeans Difference(int[] left, int[] right)
    {
        BatchMeans difference = new(1);
        foreach (double[] batch in _batches) difference.Add([left.Average(index => batch[index]) - right.Average(index => batch[index])]);
        return difference;
    }

    private IEnumerable<double> Values(int[] quantities) => _batches.Select(batch => quantities.Average(index => batch[index]));
}
