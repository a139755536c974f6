namespace Fovea.Training.Evaluation;

/// <summary>Whether two models differ on the same samples: exact and two-sided, from the samples that only one of them has right (McNemar 1947).</summary>
/// <param name="OnlyFirst">Samples that only the first has right.</param>
/// <param name="OnlySecond">Samples that only the second has right.</param>
internal sealed record McNemar(int OnlyFirst, int OnlySecond)
{
    /// <summary>Counts the samples on which two models differ.</summary>
    /// <param name="first">Classes that the first predicts.</param>
    /// <param name="second">Classes that the second predicts, of the same samples in the same order.</param>
    /// <param name="labels">The true ones.</param>
    /// <exception cref="ArgumentException">They are not equally many.</exception>
    public static McNemar Of(IReadOnlyList<int> first, IReadOnlyList<int> second, IReadOnlyList<int> labels)
    {
        if (first.Count != labels.Count || second.Count != labels.Count)
        {
            throw new ArgumentException($"{first.Count} and {second.Count} predictions stand against {labels.Count} labels; compare models on the same samples.");
        }
        IEnumerable<int> samples = Enumerable.Range(0, labels.Count).Where(sample => first[sample] == labels[sample] != (second[sample] == labels[sample]));
        int[] differing = [.. samples];
        int onlyFirst = differing.Count(sample => first[sample] == labels[sample]);
        return new(onlyFirst, differing.Length - onlyFirst);
    }

    /// <summary>How likely a difference at least as large is, if both are equally good: 1 if they differ nowhere.</summary>
    public double PValue
    {
        get
        {
            int discordant = OnlyFirst + OnlySecond;
            LogFactorials factorials = new(discordant);
            double sum = 0;
            for (int count = 0; count <= Math.Min(OnlyFirst, OnlySecond); count++) sum += Math.Exp(factorials.Binomial(discordant, count) - discordant * Math.Log(2));
            return Math.Min(1, 2 * sum);
        }
    }
}
