using System.Globalization;
using System.Text.Json;
using Fovea.Training.Evaluation;

namespace Fovea.Bench.Training;

/// <summary>What raw pixels reach: the floor that an encoder must pass.</summary>
internal static class PixelFloor
{
    public static async Task<int> RunAsync(string info)
    {
        string[] classes = Classes(info);
        FeatureSet train = await PixelFeatures.ReadAsync(ImageSource.Dataset(info, "train"), classes);
        FeatureSet test = await PixelFeatures.ReadAsync(ImageSource.Dataset(info, "test"), classes);
        KnnReport knn = KnnEvaluation.Evaluate(train, test, new());
        Console.WriteLine($"{knn.Data.Train} training and {knn.Data.Test} test pictures of {classes.Length} classes, {knn.Data.Duplicates} in both");
        Console.WriteLine($"always the most frequent class: {Percent(knn.Data.Majority)} %");
        Print(knn);
        int first = Math.Min(1000, test.Count);
        Print(KnnEvaluation.Evaluate(train, test.Select([.. Enumerable.Range(0, first)]), new KnnOptions { Neighbours = [1, 5, 20] }), $" of the first {first} test pictures");
        LinearProbeReport linear = LinearProbe.Evaluate(train, test, new());
        Print(linear);
        Console.WriteLine($"linear: chosen {linear.Chosen}, {linear.Fit}");
        Print(FewShotEvaluation.Evaluate(train, test, new()));
        Print(RetrievalEvaluation.Evaluate(train, test, new()));
        Print(ClusteringEvaluation.Evaluate(test), " of the test pictures");
        EmbeddingHealth health = EmbeddingHealth.Of(test);
        string measured = string.Create(CultureInfo.InvariantCulture, $"effective rank {health.EffectiveRank:F1}, mean cosine {health.MeanCosine:F4}, standard deviation {health.StandardDeviation:F4}");
        Console.WriteLine($"health of the test pictures: {measured}");
        Console.WriteLine($"milliseconds, of processor time, peak MB: {ProcessCost.Line()}");
        return 0;
    }

    private static void Print(EvaluationReport report, string what = "")
    {
        foreach ((string name, Estimate value) in report.Lines)
        {
            Console.WriteLine($"{report.Protocol}, {name}{what}: {Percent(value.Value)} % ({Percent(value.Low)} to {Percent(value.High)})");
        }
    }

    private static string Percent(double? share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2}");

    private static string[] Classes(string info)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(info));
        return document.RootElement.TryGetProperty("classes", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
    }
}
