namespace Fovea.Training.Evaluation;

/// <summary>How well one class does.</summary>
/// <param name="Label">Its number.</param>
/// <param name="Name">Its name; the number, where classes have no names.</param>
/// <param name="Samples">Test samples of it.</param>
/// <param name="Accuracy">The share of them that is predicted right; null without samples.</param>
/// <param name="MostConfused">The wrong class that it is most often taken for, the lower of equals; null where there is none.</param>
internal sealed record ClassAccuracy(int Label, string Name, int Samples, Estimate? Accuracy, int? MostConfused)
{
    /// <summary>All classes, in order.</summary>
    public static IReadOnlyList<ClassAccuracy> Of(ConfusionMatrix confusion, Func<int, string> className) =>
        [.. Enumerable.Range(0, confusion.Classes).Select(label => Of(confusion, label, className(label)))];

    private static ClassAccuracy Of(ConfusionMatrix confusion, int label, string name)
    {
        int samples = confusion.Samples(label), confused = Enumerable.Range(0, confusion.Classes).Where(other => other != label).MaxBy(other => confusion[label, other]);
        bool isConfused = confusion.Classes > 1 && confusion[label, confused] > 0;
        return new(label, name, samples, samples > 0 ? Estimate.OfShare(confusion[label, label], samples) : null, isConfused ? confused : null);
    }
}
