using System.Text.Json.Nodes;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Probes;

/// <summary>The optimum is unique, and the golden was found in extended precision.</summary>
public class LogisticRegressionGoldenTests
{
    private const int Patience = 2000;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenJson.Read("linear_probe_optimum.json")["cases"]!.AsArray().Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimum_equals_the_golden(int number)
    {
        JsonNode golden = GoldenJson.Read("linear_probe_optimum.json")["cases"]![number]!;
        int classes = (int)golden["classes"]!;
        int[] labels = golden["labels"]!.Integers();
        using ProbeSamples samples = new(golden["features"]!.Matrix(), labels);
        LogisticRegression.Fitted fitted = LogisticRegression.Fit(samples, ProbeScaling.None, classes, (double)golden["l2"]!, 1e-10, Patience);

        Assert.True(fitted.Solution.Converged, $"the largest gradient entry is {fitted.Solution.LargestGradient} after {fitted.Solution.Evaluations} evaluations");
        Assert.Equal((double)golden["objective"]!, fitted.Solution.Value, 1e-10);
        GoldenJson.Near("weights", [.. golden["weights"]!.Rows().SelectMany(row => row)], fitted.Model.Weights, 1e-6);
        GoldenJson.Near("biases", golden["bias"]!.Numbers(), fitted.Model.Biases, 1e-6);
        GoldenJson.Near("probabilities", [.. golden["test_probabilities"]!.Rows().SelectMany(row => row)], fitted.Model.Probabilities(golden["test"]!.Matrix()), 1e-6);
        ClassScores train = new(fitted.Model.Probabilities(golden["features"]!.Matrix()), labels, classes);
        Assert.Equal((double)golden["train_accuracy"]!, train.Top(1).Value, GoldenJson.Tolerance);
    }
}
