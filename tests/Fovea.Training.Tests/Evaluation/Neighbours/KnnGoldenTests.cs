using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Neighbours;

/// <summary>k-NN equals the reference, prediction by prediction.</summary>
public class KnnGoldenTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(TestFolders.FindGolden("knn") ?? TestFolders.InRepository(), "knn_*.json").Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Predictions_and_shares_equal_the_goldens_in_double_and_in_float(string file)
    {
        JsonNode golden = GoldenJson.Read(file);
        Assert.NotEmpty(golden["results"]!.AsArray());
        foreach (EvaluationData data in new[] { Data(golden, GoldenJson.Matrix), Data(golden, GoldenJson.SingleMatrix) })
        {
            foreach (JsonNode? result in golden["results"]!.AsArray())
            {
                ClassScores votes = Votes(data, result!);
                Assert.Equal(result!["predictions"]!.Integers(), votes.Predictions);
                Assert.Equal((double)result["top1"]!, votes.Top(1).Value, GoldenJson.Tolerance);
                if (result["top5"] is { } top5) Assert.Equal((double)top5, votes.Top(5).Value, GoldenJson.Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Votes_and_neighbours_equal_the_goldens(string file)
    {
        JsonNode golden = GoldenJson.Read(file);
        EvaluationData data = Data(golden, GoldenJson.Matrix);
        foreach (JsonNode? result in golden["results"]!.AsArray())
        {
            if ((result!["votes"] ?? result["votes_first3"]) is { } votes)
            {
                ClassScores found = Votes(data, result);
                double[][] expected = votes.Rows();
                for (int query = 0; query < expected.Length; query++) GoldenJson.Near($"k {result["k"]}, query {query}", expected[query], found.Of(query).ToArray());
            }
            if (result["neighbours"] is { } neighbours) CheckNeighbours(data, neighbours);
        }
        if (golden["neighbours_k10_first5"] is { } first) CheckNeighbours(data, first);
    }

    private static void CheckNeighbours(EvaluationData data, JsonNode expected)
    {
        NearestNeighbours nearest = NearestNeighbours.Search(data.Train.Features, data.Test.Features, expected[0]!.AsArray().Count);
        for (int query = 0; query < expected.AsArray().Count; query++) Assert.Equal(expected[query]!.Integers(), nearest.Indices(query).ToArray());
    }

    private static ClassScores Votes(EvaluationData data, JsonNode result)
    {
        int k = (int)result["k"]!;
        NearestNeighbours nearest = NearestNeighbours.Search(data.Train.Features, data.Test.Features, k, leavesOneOut: ReferenceEquals(data.Train, data.Test));
        return KnnEvaluation.Votes(nearest, k, data, (double)result["temperature"]!);
    }

    private static EvaluationData Data(JsonNode golden, Func<JsonNode, FeatureMatrix> matrix)
    {
        if (golden["features"] is { } features)
        {
            FeatureSet set = GoldenJson.Set(matrix(features), golden["labels"]!);
            return new(set, set);
        }
        return new(GoldenJson.Set(matrix(golden["train"]!), golden["train_labels"]!), GoldenJson.Set(matrix(golden["test"]!), golden["test_labels"]!));
    }
}
