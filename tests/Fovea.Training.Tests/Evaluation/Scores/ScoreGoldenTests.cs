using System.Text.Json.Nodes;
using Fovea.Numerics;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Scores;

/// <summary>Intervals and calibration equal numbers computed with 40 digits.</summary>
public class ScoreGoldenTests
{
    [Fact]
    public void Wilson_intervals_equal_the_goldens()
    {
        JsonArray cases = GoldenJson.Read("intervals.json")["wilson"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (JsonNode? one in cases)
        {
            (double low, double high) = WilsonInterval.Of((int)one!["successes"]!, (int)one["trials"]!, (double)one["z"]!);
            GoldenJson.Near($"{one["successes"]} of {one["trials"]} at {one["level"]}", one["interval"]!.Numbers(), [low, high]);
            if ((double)one["level"]! == 0.95) Assert.Equal(WilsonInterval.Z95, (double)one["z"]!, 1e-15);
        }
    }

    [Fact]
    public void Exact_McNemar_probabilities_equal_the_goldens()
    {
        JsonArray cases = GoldenJson.Read("intervals.json")["mcnemar_exact_two_sided"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (JsonNode? one in cases)
        {
            (int first, int second) = ((int)one!["only_a_right"]!, (int)one["only_b_right"]!);
            GoldenJson.Near($"{first} against {second}", [(double)one["p"]!], [new McNemar(first, second).PValue]);
        }
    }

    [Fact]
    public void Calibration_equals_the_goldens()
    {
        JsonArray cases = GoldenJson.Read("calibration.json")["cases"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (JsonNode? one in cases)
        {
            int[] labels = one!["labels"]!.Integers();
            double[][] rows = Probabilities(one);
            JsonArray bins = one["bins"]!.AsArray();
            Calibration found = Calibration.Of([.. rows.SelectMany(row => row)], labels, rows[0].Length, bins.Count);

            double[] expected = [(double)one["ECE"]!, (double)one["MCE"]!, (double)one["brier"]!, (double)one["NLL"]!];
            GoldenJson.Near("ECE, MCE, Brier, NLL", expected, [found.ExpectedError, found.LargestError, found.Brier, found.NegativeLogLikelihood]);
            Assert.Equal(bins.Select(bin => (int)bin!["count"]!), found.Bins.Select(bin => bin.Count));
            GoldenJson.Near("accuracies", Values(bins, "accuracy"), [.. found.Bins.Select(bin => bin.Accuracy ?? -1)]);
            GoldenJson.Near("confidences", Values(bins, "confidence"), [.. found.Bins.Select(bin => bin.Confidence ?? -1)]);
        }
    }

    private static double[] Values(JsonArray bins, string name) => [.. bins.Select(bin => bin![name] is { } value ? (double)value : -1)];

    private static double[][] Probabilities(JsonNode golden) => golden["probabilities"] is { } given ? given.Rows() : [.. golden["logits"]!.Rows().Select(Softmax)];

    private static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }
}
