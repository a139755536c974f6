using System.Collections.Immutable;
using System.Globalization;

namespace Fovea.Tasks;

/// <summary>The classes of a head in the order of their probabilities.</summary>
internal sealed class ClassRanking
{
    /// <param name="description">Of a model with a head.</param>
    public ClassRanking(ModelDescription description) => Names = description.ClassNames is { IsEmpty: false } names
        ? names
        : [.. Enumerable.Range(0, description.Outputs).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    /// <summary>One for each output.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>All classes, the most probable first; of equal ones the lower index.</summary>
    /// <param name="probabilities">One for each output.</param>
    /// <param name="picture">What messages call the picture.</param>
    /// <exception cref="ImageException">The probabilities are no numbers: any order of them would be made up.</exception>
    public ClassProbability[] Rank(ReadOnlySpan<double> probabilities, string picture)
    {
        ClassProbability[] classes = new ClassProbability[probabilities.Length];
        for (int index = 0; index < classes.Length; index++)
        {
            if (!double.IsFinite(probabilities[index])) throw NoNumbers(picture);
            classes[index] = new(index, Names[index], probabilities[index]);
        }
        Array.Sort(classes, (one, other) => one.Probability == other.Probability ? one.Index.CompareTo(other.Index) : other.Probability.CompareTo(one.Probability));
        return classes;
    }

    private static ImageException NoNumbers(string picture) =>
        new($"{picture}: the network gives NaN or infinity for it, so its classes have no order; check the model's file, whose weights are probably damaged.");
}
