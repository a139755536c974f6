using System.Text.Json.Nodes;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Retrieval;

/// <summary>Average precision and recall equal the reference, ties included.</summary>
public class RetrievalGoldenTests
{
    [Fact]
    public void Average_precision_and_recall_equal_the_golden()
    {
        JsonNode golden = GoldenJson.Read("retrieval.json");
        JsonObject recall = golden["recall_at"]!.AsObject();
        foreach (Func<JsonNode, FeatureMatrix> matrix in new[] { GoldenJson.Matrix, GoldenJson.SingleMatrix })
        {
            RetrievalReport report = Evaluate(golden, matrix, [.. recall.Select(pair => int.Parse(pair.Key))]);
            GoldenJson.Near("average precision", golden["average_precision"]!.Numbers(), report.AveragePrecisions);
            GoldenJson.Near("mAP", [(double)golden["mAP"]!], [report.MeanAveragePrecision.Value]);
            GoldenJson.Near("recall", [.. recall.Select(pair => (double)pair.Value!)], [.. report.Recall.Select(one => one.Share.Value)]);
        }
    }

    [Fact]
    public void Ties_go_to_the_lower_index_of_the_gallery()
    {
        JsonNode golden = GoldenJson.Read("retrieval.json")["tie_case"]!;
        RetrievalReport report = Evaluate(golden, GoldenJson.SingleMatrix, [1]);
        GoldenJson.Near("average precision", golden["average_precision"]!.Numbers(), report.AveragePrecisions);
        GoldenJson.Near("mAP", [(double)golden["mAP"]!], [report.MeanAveragePrecision.Value]);
    }

    private static RetrievalReport Evaluate(JsonNode golden, Func<JsonNode, FeatureMatrix> matrix, int[] ranks) => RetrievalEvaluation.Evaluate(
        GoldenJson.Set(matrix(golden["gallery"]!), golden["gallery_labels"]!), GoldenJson.Set(matrix(golden["query"]!), golden["query_labels"]!), new RetrievalOptions { Ranks = ranks });
}
