using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>What few-shot classification found.</summary>
/// <param name="Data">What was measured.</param>
/// <param name="Seed">Chose the samples of each run.</param>
/// <param name="Results">For each number of shots, in the order asked for.</param>
internal sealed record FewShotReport(DataSummary Data, ulong Seed, IReadOnlyList<FewShotReport.Result> Results) : EvaluationReport("fewshot", Data)
{
    /// <summary>The accuracy with so many samples of each class.</summary>
    /// <param name="Shots">Samples of each class.</param>
    /// <param name="ShortClasses">Classes with fewer training samples, drawn from with replacement.</param>
    /// <param name="Mean">Of the runs' accuracies, with its t-interval; one run has none.</param>
    /// <param name="StandardDeviation">Of the runs, with n - 1; null for one run.</param>
    /// <param name="Runs">The accuracy of each.</param>
    internal sealed record Result(int Shots, int ShortClasses, Estimate Mean, double? StandardDeviation, IReadOnlyList<double> Runs);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines =>
        [.. Results.Select(result => ($"{result.Shots} shot{(result.Shots == 1 ? "" : "s")}", result.Mean))];
}
