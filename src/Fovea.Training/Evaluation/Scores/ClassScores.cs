namespace Fovea.Training.Evaluation;

/// <summary>What a classifier says about a set of samples: a score for each class, the higher the more likely. Equal scores count for the lower class.</summary>
internal sealed class ClassScores
{
    private readonly double[] _scores;

    /// <param name="scores">[samples, classes]; not copied.</param>
    /// <param name="labels">True classes; one beyond the classes, which training did not have, is never right.</param>
    /// <param name="classes">Scores of a sample.</param>
    public ClassScores(double[] scores, IReadOnlyList<int> labels, int classes)
    {
        if (scores.Length != labels.Count * classes)
        {
            throw new ArgumentException($"{scores.Length} scores are not {classes} for each of {labels.Count} samples.", nameof(scores));
        }
        (_scores, Labels, Classes) = (scores, labels, classes);
        Predictions = [.. Enumerable.Range(0, labels.Count).Select(sample => IndexOfLargest(Of(sample)))];
    }

    /// <summary>True classes.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Scores of a sample.</summary>
    public int Classes { get; }

    /// <summary>The class with the largest score, for each sample.</summary>
    public IReadOnlyList<int> Predictions { get; }

    /// <summary>The scores of a sample: [classes].</summary>
    public ReadOnlySpan<double> Of(int sample) => _scores.AsSpan(sample * Classes, Classes);

    /// <summary>All scores: [samples, classes].</summary>
    public ReadOnlySpan<double> All => _scores;

    /// <summary>Samples whose true class is among the <paramref name="k"/> largest scores.</summary>
    public int CountTop(int k) => Enumerable.Range(0, Labels.Count).Count(sample => Rank(sample) < k);

    /// <summary>The share of samples whose true class is among the <paramref name="k"/> largest scores.</summary>
    public Estimate Top(int k) => Estimate.OfShare(CountTop(k), Labels.Count);

    /// <summary>The place of the largest; of equal ones the first.</summary>
    public static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int index = 1; index < values.Length; index++)
        {
            if (values[index] > values[largest]) largest = index;
        }
        return largest;
    }

    // Classes in front of the true one.
    private int Rank(int sample)
    {
        ReadOnlySpan<double> scores = Of(sample);
        int label = Labels[sample], ahead = 0;
        if (label >= Classes) return int.MaxValue;
        for (int other = 0; other < scores.Length; other++)
        {
            if (scores[other] > scores[label] || (scores[other] == scores[label] && other < label)) ahead++;
        }
        return ahead;
    }
}
