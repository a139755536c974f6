using System.Text.Json.Nodes;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Clustering;

/// <summary>Ward's merges and the scores of partitions equal the reference's.</summary>
public class ClusteringGoldenTests
{
    [Fact]
    public void Scores_equal_the_goldens()
    {
        JsonArray cases = GoldenJson.Read("clustering_scores.json")["cases"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (JsonNode? one in cases)
        {
            ClusteringScores found = ClusteringScores.Of(one!["labels"]!.Integers(), one["clusters"]!.Integers());
            string[] names = ["MI", "expected_MI", "entropy_labels", "entropy_clusters", "AMI", "NMI", "ARI", "purity"];
            GoldenJson.Near((string)one["note"]!, [.. names.Select(name => (double)one[name]!)],
            [
                found.MutualInformation, found.ExpectedMutualInformation, found.LabelEntropy, found.ClusterEntropy,
                found.AdjustedMutualInformation, found.NormalizedMutualInformation, found.AdjustedRand, found.Purity,
            ]);
        }
    }

    [Fact]
    public void Ward_merges_and_partition_equal_the_golden()
    {
        JsonNode golden = GoldenJson.Read("ward_clustering.json");
        IReadOnlyList<WardMerge> merges = WardClustering.Merge(golden["points"]!.Matrix());
        double[][] expected = golden["merges_a_b_height_size"]!.Rows();
        Assert.Equal(expected.Select(merge => ((int)merge[0], (int)merge[1], (int)merge[3])), merges.Select(merge => (merge.First, merge.Second, merge.Size)));
        GoldenJson.Near("heights", [.. expected.Select(merge => merge[2])], [.. merges.Select(merge => merge.Height)]);
        Assert.Equal(golden["clusters_numbered_by_first_member"]!.Integers(), WardClustering.Cut(merges, (int)golden["n_clusters"]!));
    }
}
