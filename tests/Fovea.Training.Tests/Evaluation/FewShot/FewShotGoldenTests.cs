using System.Text.Json.Nodes;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.FewShot;

/// <summary>SimpleShot equals the reference: mean, centroids, predictions.</summary>
public class FewShotGoldenTests
{
    [Fact]
    public void Centroids_and_predictions_equal_the_golden()
    {
        JsonNode golden = GoldenJson.Read("simpleshot.json");
        NearestCentroid centroids = new(golden["train"]!.Matrix(), golden["train_labels"]!.Integers());
        GoldenJson.Near("mean", golden["mean"]!.Numbers(), centroids.Mean);
        double[][] expected = golden["centroids"]!.Rows();
        for (int place = 0; place < expected.Length; place++) GoldenJson.Near($"centroid {place}", expected[place], centroids.Centroid(place).ToArray());
        IReadOnlyList<int> predictions = centroids.Predict(golden["test"]!.Matrix());
        Assert.Equal(golden["predictions"]!.Integers(), predictions);
        Assert.Equal((double)golden["accuracy"]!, predictions.Zip(golden["test_labels"]!.Integers()).Average(pair => pair.First == pair.Second ? 1.0 : 0), GoldenJson.Tolerance);
    }

    [Fact]
    public void Predictions_of_float_features_equal_the_golden()
    {
        JsonNode golden = GoldenJson.Read("simpleshot.json");
        NearestCentroid centroids = new(golden["train"]!.SingleMatrix(), golden["train_labels"]!.Integers());
        Assert.Equal(golden["predictions"]!.Integers(), centroids.Predict(golden["test"]!.SingleMatrix()));
    }
}
