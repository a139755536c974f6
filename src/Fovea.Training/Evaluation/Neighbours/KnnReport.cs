using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>What k-NN found.</summary>
/// <param name="Data">What was measured.</param>
/// <param name="Temperature">Of the weights.</param>
/// <param name="LeavesOneOut">Whether the set was measured within itself, each sample against all others.</param>
/// <param name="Headline">The number of neighbours to quote, fixed before looking: 20, or 10 with fewer than 1000 training samples. Classes and confusion are for it.</param>
/// <param name="Results">For each number of neighbours, ascending.</param>
/// <param name="Classes">How well each class does.</param>
/// <param name="Confusion">Rows are true classes, columns predicted ones.</param>
/// <param name="Predictions">The class of each labelled test sample, with the headline's neighbours.</param>
internal sealed record KnnReport(
    DataSummary Data, double Temperature, bool LeavesOneOut, int Headline, IReadOnlyList<KnnReport.Result> Results,
    IReadOnlyList<ClassAccuracy> Classes, ConfusionMatrix Confusion, IReadOnlyList<int> Predictions)
    : ClassificationReport("knn", Data, Classes, Confusion, Predictions)
{
    /// <summary>The accuracy with one number of neighbours.</summary>
    /// <param name="Neighbours">Asked for; all others where there are fewer.</param>
    /// <param name="Top1">The class with the largest vote is the true one.</param>
    /// <param name="Top5">The true class is among the five with the largest votes.</param>
    internal sealed record Result(int Neighbours, Estimate Top1, Estimate Top5);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines =>
        [.. Results.SelectMany(result => new[] { ($"k {result.Neighbours}, top 1", result.Top1), ($"k {result.Neighbours}, top 5", result.Top5) })];
}
