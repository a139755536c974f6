using Fovea.Training.Evaluation;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Evaluation.Segmentation;

public class SegmentationScoresTests
{
    /// <summary>By hand: targets 0 0 1 1 and 255, predictions 0 1 1 9 and 0: class 0 has IoU 1/2, class 1 has 1 / (2 + 2 - 1) = 1/3, 2 of 4 pixels are right.</summary>
    [Fact]
    public void Five_pixels_by_hand()
    {
        SegmentationScores scores = Score(3, [0, 0, 1, 1, 255], [0, 1, 1, 9, 0]);
        Assert.Equal([1.0 / 2, 1.0 / 3, null], scores.ClassIou);
        Assert.Equal((1.0 / 2 + 1.0 / 3) / 2, scores.MeanIou!.Value, 1e-15);
        Assert.Equal(0.5, scores.PixelAccuracy);
    }

    [Property]
    public void Perfect_prediction_scores_1(byte[] labels)
    {
        if (labels.Length == 0) return;
        ushort[] classes = [.. labels.Select(label => (ushort)(label % 5))];
        SegmentationScores scores = Score(5, classes, classes);
        Assert.Equal((1.0, 1.0), (scores.MeanIou, scores.PixelAccuracy));
    }

    [Fact]
    public void Class_that_does_not_exist_is_refused_by_name()
    {
        EvaluationException refused = Assert.Throws<EvaluationException>(() => Score(3, [0, 3], [0, 0]));
        Assert.Contains("picture: a pixel of the target has the class 3", refused.Message, StringComparison.Ordinal);
        Assert.Throws<EvaluationException>(() => Score(3, [0, 1], [0]));
    }

    private static SegmentationScores Score(int classes, ushort[] targets, ushort[] predictions)
    {
        PixelConfusion confusion = new(classes);
        confusion.Add(targets, predictions, ignored: 255, "picture");
        return SegmentationScores.Of(confusion);
    }
}
