using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation;

/// <summary>Reads the goldens of `tests/Goldens/knn`.</summary>
internal static class GoldenJson
{
    /// <summary>What their README grants where it says nothing else: double precision, and sums in another order.</summary>
    public const double Tolerance = 1e-9;

    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("knn"), file)))!;

    public static int[] Integers(this JsonNode node) => [.. node.AsArray().Select(value => (int)value!)];

    public static double[] Numbers(this JsonNode node) => [.. node.AsArray().Select(value => (double)value!)];

    public static double[][] Rows(this JsonNode node) => [.. node.AsArray().Select(row => row!.Numbers())];

    /// <summary>A matrix with all the digits of the golden.</summary>
    public static FeatureMatrix Matrix(this JsonNode node) => new([.. node.Rows().SelectMany(row => row)], node[0]!.AsArray().Count);

    /// <summary>The same at the precision of an encoder's features.</summary>
    public static FeatureMatrix SingleMatrix(this JsonNode node) => new([.. node.Rows().SelectMany(row => row).Select(value => (float)value)], node[0]!.AsArray().Count);

    public static FeatureSet Set(FeatureMatrix features, JsonNode labels) => new(features, labels.Integers(), [], [.. Enumerable.Range(0, features.Rows).Select(row => $"sample {row}")]);

    /// <summary>Fails with the place and size of the largest difference.</summary>
    public static void Near(string what, IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance = Tolerance)
    {
        Assert.True(expected.Count == found.Count, $"{what}: {found.Count} numbers instead of {expected.Count}");
        Assert.True(expected.Count > 0, $"{what}: nothing to compare");
        int worst = Enumerable.Range(0, expected.Count).MaxBy(index => double.IsNaN(found[index]) ? double.PositiveInfinity : Math.Abs(expected[index] - found[index]));
        Assert.True(Math.Abs(expected[worst] - found[worst]) <= tolerance, $"{what}: number {worst} is {found[worst]:R}, golden {expected[worst]:R}, further than {tolerance}");
    }
}
