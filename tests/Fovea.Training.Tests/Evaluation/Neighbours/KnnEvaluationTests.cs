using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Neighbours;

public class KnnEvaluationTests
{
    [Fact]
    public void Classes_far_apart_are_told_apart()
    {
        KnnReport report = KnnEvaluation.Evaluate(DrawnFeatures.Clouds(300, 16, 5, 30, 1), DrawnFeatures.Clouds(50, 16, 5, 30, 2), new());
        Assert.All(report.Results, result => Assert.Equal(1, result.Top1.Value));
        Assert.All(report.Classes, one => Assert.Equal(1, one.Accuracy!.Value));
        Assert.Equal(0.2, report.Data.Majority);
    }

    [Theory]
    [InlineData(999, 10)]
    [InlineData(1000, 20)]
    public void Headline_depends_on_the_training_set_alone_and_is_always_measured(int train, int headline)
    {
        KnnReport report = KnnEvaluation.Evaluate(DrawnFeatures.Clouds(train, 4, 3, 1, 1), DrawnFeatures.Clouds(30, 4, 3, 1, 2), new KnnOptions { Neighbours = [3] });
        Assert.Equal(headline, report.Headline);
        Assert.Equal([3, headline], report.Results.Select(result => result.Neighbours));
        Assert.Equal(report.Results[1].Top1.Value, report.Predictions.Zip(Enumerable.Range(0, 30)).Average(pair => pair.First == pair.Second % 3 ? 1.0 : 0), 1e-12);
    }

    [Fact]
    public void Unlabelled_samples_and_samples_of_both_sets_are_counted()
    {
        FeatureSet train = DrawnFeatures.Set([1, 0, 0, 1, 1, 1, 5, 5], 2, [0, 1, 0, -1]), test = DrawnFeatures.Set([1, 0, 3, 1, 2, 2], 2, [0, 1, -1]);
        DataSummary data = KnnEvaluation.Evaluate(train, test, new()).Data;
        Assert.Equal((3, 2, 1, 1, 1), (data.Train, data.Test, data.UnlabelledTrain, data.UnlabelledTest, data.Duplicates));
    }

    [Fact]
    public void Set_measured_within_itself_leaves_each_sample_out()
    {
        FeatureSet set = DrawnFeatures.Set([1, 0, 1, 0.1f, 0, 1], 2, [0, 1, 2]);
        KnnReport report = KnnEvaluation.Evaluate(set, set, new KnnOptions { Neighbours = [1] });
        Assert.True(report.LeavesOneOut);
        Assert.Equal(0, report.Results[0].Top1.Value);
    }

    [Fact]
    public void Class_that_training_lacks_is_never_right()
    {
        KnnReport report = KnnEvaluation.Evaluate(DrawnFeatures.Set([1, 0, 0, 1], 2, [0, 1]), DrawnFeatures.Set([1, 0.1f, 1, 0.2f], 2, [0, 4]), new());
        Assert.Equal(0.5, report.Results[0].Top5.Value);
        Assert.Equal(0, report.Classes[4].Accuracy!.Value);
        Assert.Equal(0, report.Classes[4].MostConfused);
    }

    [Fact]
    public void Sets_that_cannot_be_measured_are_refused_in_a_sentence()
    {
        FeatureSet two = DrawnFeatures.Set([1, 2], 1, [0, 1]);
        Refuses("training set has a label", DrawnFeatures.Set([1], 1, [-1]), two);
        Refuses("test set has a label", two, DrawnFeatures.Set([1], 1, [-1]));
        Refuses("2 numbers a sample and test features 1", DrawnFeatures.Set([1, 2, 3, 4], 2, [0, 1]), two);
        Refuses("belong to the class 3", DrawnFeatures.Set([1, 2], 1, [3, 3]), two);

        static void Refuses(string reason, FeatureSet train, FeatureSet test) =>
            Assert.Contains(reason, Assert.Throws<EvaluationException>(() => KnnEvaluation.Evaluate(train, test, new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FeatureSet two = DrawnFeatures.Set([1, 2], 1, [0, 1]);
        Assert.Throws<ArgumentException>(() => KnnEvaluation.Evaluate(two, two, new KnnOptions { Neighbours = [0] }));
        Assert.Throws<ArgumentException>(() => KnnEvaluation.Evaluate(two, two, new KnnOptions { Temperature = 0 }));
    }
}
