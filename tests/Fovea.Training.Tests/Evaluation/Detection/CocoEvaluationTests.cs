using Fovea.Training.Annotations;
using Fovea.Training.Evaluation;
using Fovea.Training.Randomness;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Evaluation.Detection;

public class CocoEvaluationTests
{
    private static readonly CocoCategory Cell = new(7, "cell");

    /// <summary>By hand: two objects, three detections. Best first: right, wrong, right: precisions 1, 1/2, 2/3; the envelope 1, 2/3, 2/3; recalls 1/2, 1/2, 1.
    /// Recall 0 to 0.5 reads 1 (51 points), the others 2/3 (50 points).</summary>
    [Fact]
    public void Average_precision_by_hand()
    {
        DetectionReport report = Measure(
            [Object(1, 0, 0, 10, 10), Object(1, 100, 100, 10, 10)],
            [Found(1, 0, 0, 10, 10, 0.9), Found(1, 50, 50, 10, 10, 0.8), Found(1, 100, 100, 10, 10, 0.7)]);
        Assert.Equal((51 + 50 * 2.0 / 3) / 101, report["AP"], 1e-12);
        Assert.Equal(0.5, report["AR1"], 1e-12);
        Assert.Equal(1, report["AR10"], 1e-12);
        Assert.Equal(-1, report["APl"]);
    }

    /// <summary>By hand: 10 x 10 against 10 x 5 inside of it overlap by 50 / 100 = 0.5, which reaches the first of ten thresholds alone.</summary>
    [Fact]
    public void Overlap_of_exactly_one_half_is_right_at_one_half()
    {
        DetectionReport report = Measure([Object(1, 0, 0, 10, 10)], [Found(1, 0, 0, 10, 5, 1)]);
        Assert.Equal(1, report["AP50"], 1e-12);
        Assert.Equal(0, report["AP75"]);
        Assert.Equal(0.1, report["AP"], 1e-12);
    }

    [Theory]
    [InlineData(5, 5, 25.0 / 175)]
    [InlineData(10, 0, 0)]                                   // they touch
    [InlineData(0, 0, 1)]
    public void Overlap_of_two_squares_by_hand(double x, double y, double overlap) =>
        Assert.Equal(overlap, BoxOverlap.Of(new CocoBox(x, y, 10, 10), new CocoBox(0, 0, 10, 10), isCrowd: false), 1e-15);

    [Fact]
    public void Overlap_with_a_crowd_is_the_share_of_the_detection() =>
        Assert.Equal(0.5, BoxOverlap.Of(new CocoBox(95, 0, 10, 10), new CocoBox(0, 0, 100, 100), isCrowd: true), 1e-15);

    [Fact]
    public void Second_detection_of_an_object_is_wrong_and_of_a_crowd_is_not()
    {
        CocoDetection[] twice = [Found(1, 0, 0, 10, 10, 0.9), Found(1, 0, 0, 10, 10, 0.8), Found(1, 50, 50, 10, 10, 0.7)];
        CocoAnnotation last = Object(1, 50, 50, 10, 10);
        Assert.True(Measure([Object(1, 0, 0, 10, 10), last], twice)["AP"] < 1);
        Assert.Equal(1, Measure([Object(1, 0, 0, 10, 10) with { IsCrowd = true }, last], twice)["AP"], 1e-12);
    }

    [Property]
    public void Perfect_prediction_scores_1(ulong seed)
    {
        DrawnBoxes drawn = new(seed);
        CocoAnnotation[] objects = [.. drawn.Objects.Where(one => !one.IsCrowd)];
        DetectionReport report = CocoEvaluation.Of(drawn.Images, drawn.Categories, objects, objects.Select(one => new CocoDetection(one.ImageId, one.CategoryId, one.Box, 1.0 / one.Id)));
        Assert.All(report.Summary.Where(figure => figure.Key.StartsWith("AP", StringComparison.Ordinal)), figure => Assert.True(figure.Value is -1 or > 1 - 1e-12, $"{figure.Key} is {figure.Value}"));
    }

    [Property]
    public void Order_of_detections_with_different_scores_changes_nothing(ulong seed)
    {
        DrawnBoxes drawn = new(seed);
        CocoDetection[] shuffled = [.. drawn.Detections];
        new RandomStream(seed, RandomPurpose.Shapes).Shuffle<CocoDetection>(shuffled);
        Assert.Equal(
            CocoEvaluation.Of(drawn.Images, drawn.Categories, drawn.Objects, drawn.Detections).Summary,
            CocoEvaluation.Of(drawn.Images.Order(), drawn.Categories.Reverse(), drawn.Objects, shuffled).Summary);
    }

    [Property]
    public void Mean_of_the_classes_is_the_whole(ulong seed)
    {
        DrawnBoxes drawn = new(seed);
        DetectionReport report = CocoEvaluation.Of(drawn.Images, drawn.Categories, drawn.Objects, drawn.Detections);
        Assert.Equal(report.Categories.Where(one => one.Ap > -1).Select(one => one.Ap).DefaultIfEmpty(-1).Average(), report["AP"], 1e-12);
    }

    [Property]
    public void Detection_of_a_class_that_no_picture_has_changes_nothing(ulong seed)
    {
        DrawnBoxes drawn = new(seed);
        DetectionReport before = CocoEvaluation.Of(drawn.Images, drawn.Categories, drawn.Objects, drawn.Detections);
        CocoDetection[] more = [.. drawn.Detections, new CocoDetection(drawn.Images[0], 999, new CocoBox(0, 0, 50, 50), 2)];
        Assert.Equal(before.Summary, CocoEvaluation.Of(drawn.Images, [.. drawn.Categories, new CocoCategory(999, "none")], drawn.Objects, more).Summary);
    }

    private static DetectionReport Measure(CocoAnnotation[] objects, CocoDetection[] detections) => CocoEvaluation.Of([1, 2], [Cell], objects, detections);

    private static CocoAnnotation Object(long image, double x, double y, double width, double height) => new(1, image, Cell.Id, new CocoBox(x, y, width, height), width * height, IsCrowd: false, IsIgnored: false);

    private static CocoDetection Found(long image, double x, double y, double width, double height, double score) => new(image, Cell.Id, new CocoBox(x, y, width, height), score);
}
