using System.IO.Hashing;

namespace Fovea.Training.Evaluation;

/// <summary>What a model makes of a labelled set of pictures: one row of features, one label and one name for each. Immutable.</summary>
internal sealed class FeatureSet
{
    /// <summary>The label of a sample whose class is not known.</summary>
    public const int Unlabelled = -1;

    /// <param name="features">A row for each sample.</param>
    /// <param name="labels">The class of each sample, from 0, or <see cref="Unlabelled"/>.</param>
    /// <param name="classes">A name for each class; empty where they have none, and then the largest label counts.</param>
    /// <param name="names">What messages call each sample.</param>
    /// <exception cref="ArgumentException">Features, labels and names are not equally many.</exception>
    /// <exception cref="EvaluationException">A feature is not finite, or a label is no class.</exception>
    public FeatureSet(FeatureMatrix features, IReadOnlyList<int> labels, IReadOnlyList<string> classes, IReadOnlyList<string> names)
    {
        if (labels.Count != features.Rows || names.Count != features.Rows)
        {
            throw new ArgumentException($"{features.Rows} rows of features come with {labels.Count} labels and {names.Count} names; give one of each for every row.");
        }
        for (int row = 0; row < features.Rows; row++)
        {
            if (labels[row] < Unlabelled || (classes.Count > 0 && labels[row] >= classes.Count))
            {
                throw EvaluationThrow.LabelOutOfRange(names[row], labels[row], classes.Count);
            }
            if (features.IndexOfNotFinite(row) is >= 0 and int column) throw EvaluationThrow.NotFinite(names[row], column);
        }
        (Features, Labels, Classes, Names) = (features, labels, classes, names);
        ClassCount = classes.Count > 0 ? classes.Count : labels.DefaultIfEmpty(Unlabelled).Max() + 1;
    }

    /// <summary>Which features these are: `avg`, `avg4`, `pixels`.</summary>
    public string Feature { get; init; } = "avg";

    /// <summary>[samples, width].</summary>
    public FeatureMatrix Features { get; }

    /// <summary>[samples].</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Names of the classes, or nothing.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>[samples].</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Samples, labelled or not.</summary>
    public int Count => Labels.Count;

    /// <summary>Classes that there are, whether or not each has a sample.</summary>
    public int ClassCount { get; }

    /// <summary>The name of a class; its number where it has none.</summary>
    public string ClassName(int label) => Classes.Count > 0 ? Classes[label] : label.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The samples that have a label, in their order.</summary>
    public FeatureSet Labelled() => Labels.Contains(Unlabelled) ? Select([.. Enumerable.Range(0, Count).Where(row => Labels[row] != Unlabelled)]) : this;

    /// <summary>Some of the samples, in the order given; the same may come more than once.</summary>
    public FeatureSet Select(IReadOnlyList<int> rows) =>
        new(Features.Select(rows), [.. rows.Select(row => Labels[row])], Classes, [.. rows.Select(row => Names[row])]) { Feature = Feature };

    /// <summary>Samples whose features another set has bit for bit: the same picture is in both, and a measure of one against the other is too good.</summary>
    public int CountSharedWith(FeatureSet other)
    {
        HashSet<UInt128> hashes = [.. Hashes(other)];
        return Hashes(this).Count(hashes.Contains);
    }

    private static IEnumerable<UInt128> Hashes(FeatureSet set) => Enumerable.Range(0, set.Count).Select(row => XxHash128.HashToUInt128(set.Features.Bytes(row)));
}
