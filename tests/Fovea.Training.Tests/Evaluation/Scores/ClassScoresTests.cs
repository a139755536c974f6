using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Scores;

public class ClassScoresTests
{
    [Fact]
    public void Equal_scores_count_for_the_lower_class()
    {
        ClassScores scores = new([0.2, 0.4, 0.4, 0, 0, 0], [2, 1], 3);
        Assert.Equal([1, 0], scores.Predictions);
        Assert.Equal(0, scores.CountTop(1));
        Assert.Equal(2, scores.CountTop(2));
    }

    [Fact]
    public void Confusion_and_classes_count_the_same_samples()
    {
        ConfusionMatrix confusion = new([0, 0, 0, 1, 1], [0, 2, 2, 1, 0], 4);
        Assert.Equal([1, 0, 2, 0], confusion.Row(0).ToArray());
        IReadOnlyList<ClassAccuracy> classes = ClassAccuracy.Of(confusion, label => $"class {label}");
        Assert.Equal([3, 2, 0, 0], classes.Select(one => one.Samples));
        Assert.Equal([1.0 / 3, 0.5, null, null], classes.Select(one => one.Accuracy?.Value));
        Assert.Equal([2, 0, null, null], classes.Select(one => one.MostConfused));
        Assert.Equal("class 3", classes[3].Name);
    }

    [Fact]
    public void Truth_with_probability_zero_has_an_infinite_likelihood_and_the_largest_brier_score()
    {
        Calibration calibration = Calibration.Of([1, 0], [1], 2);
        Assert.Equal(double.PositiveInfinity, calibration.NegativeLogLikelihood);
        Assert.Equal(2, calibration.Brier);
        Assert.Equal(1, calibration.LargestError);
    }
}
