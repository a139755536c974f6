using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>What clustering found; every labelled sample of one set takes part, so `train` and `test` of the data are the same.</summary>
/// <param name="Data">What was measured.</param>
/// <param name="Method">`pca+ward`: not comparable with numbers of UMAP and Ward.</param>
/// <param name="Dimensions">After the principal components.</param>
/// <param name="Clusters">As many as classes that have samples.</param>
/// <param name="Seed">Drew the intervals, over pictures at fixed clusters.</param>
/// <param name="AdjustedMutualInformation">AMI.</param>
/// <param name="NormalizedMutualInformation">NMI.</param>
/// <param name="AdjustedRand">ARI.</param>
/// <param name="Purity">The share of samples whose class is the most frequent one of their cluster.</param>
internal sealed record ClusteringReport(
    DataSummary Data, string Method, int Dimensions, int Clusters, ulong Seed,
    Estimate AdjustedMutualInformation, Estimate NormalizedMutualInformation, Estimate AdjustedRand, Estimate Purity) : EvaluationReport("clustering", Data)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines =>
        [("AMI", AdjustedMutualInformation), ("NMI", NormalizedMutualInformation), ("ARI", AdjustedRand), ("purity", Purity)];
}
