using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>What retrieval found; `train` of the data is the gallery, `test` the queries.</summary>
/// <param name="Data">What was measured.</param>
/// <param name="Seed">Drew the interval of mAP.</param>
/// <param name="LeavesOneOut">Whether the set was searched within itself, each query left out of the gallery.</param>
/// <param name="Skipped">Queries without a sample of their class in the gallery, left out.</param>
/// <param name="MeanAveragePrecision">mAP over the whole gallery.</param>
/// <param name="Recall">For each rank asked for, ascending.</param>
/// <param name="AveragePrecisions">Of each query that was measured, in order: what <see cref="Bootstrap.OfDifference"/> compares two models by. Not in the JSON.</param>
internal sealed record RetrievalReport(
    DataSummary Data, ulong Seed, bool LeavesOneOut, int Skipped, Estimate MeanAveragePrecision, IReadOnlyList<RetrievalReport.RecallAt> Recall,
    [property: JsonIgnore] IReadOnlyList<double> AveragePrecisions)
    : EvaluationReport("retrieval", Data)
{
    /// <summary>The share of queries with a sample of their class among so many of the nearest.</summary>
    /// <param name="Rank">How many of the nearest.</param>
    /// <param name="Share">Of the queries.</param>
    internal sealed record RecallAt(int Rank, Estimate Share);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines =>
        [("mAP", MeanAveragePrecision), .. Recall.Select(recall => ($"recall at {recall.Rank}", recall.Share))];
}
