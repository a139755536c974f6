namespace Fovea.Training.Tasks;

/// <summary>How rare classes are made to count more; n_c pictures of a class, n of all, C classes.</summary>
internal enum ClassWeighting
{
    /// <summary>All pictures count alike.</summary>
    None,

    /// <summary>`n / (C n_c)`: all classes count alike.</summary>
    Balanced,

    /// <summary>The root of that, scaled to a mean of 1.</summary>
    Sqrt,

    /// <summary>`(1 - b) / (1 - b^n_c)`, b = 0.999, scaled to a mean of 1: the effective number of samples (Cui et al. 2019, eq. 4).</summary>
    Effective,
}

/// <summary>The weights of classes.</summary>
internal static class ClassWeights
{
    private const double Beta = 0.999;

    /// <summary>One weight a class; 0 for a class without pictures.</summary>
    /// <param name="weighting">The rule.</param>
    /// <param name="counts">Training pictures of each class; at least one is above 0.</param>
    public static double[] Of(ClassWeighting weighting, IReadOnlyList<int> counts)
    {
        double pictures = counts.Sum(count => (double)count), classes = counts.Count;
        double[] weights = [.. counts.Select(count => count == 0 ? 0 : weighting switch
        {
            ClassWeighting.Balanced => pictures / (classes * count),
            ClassWeighting.Sqrt => Math.Sqrt(pictures / (classes * count)),
            ClassWeighting.Effective => (1 - Beta) / (1 - Math.Pow(Beta, count)),
            _ => 1,
        })];
        if (weighting is ClassWeighting.None or ClassWeighting.Balanced) return weights;
        double mean = weights.Sum() / counts.Count(count => count > 0);
        return [.. weights.Select(weight => weight / mean)];
    }
}
