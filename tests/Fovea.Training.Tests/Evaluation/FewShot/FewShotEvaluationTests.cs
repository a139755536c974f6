using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.FewShot;

public class FewShotEvaluationTests
{
    [Fact]
    public void Classes_far_apart_need_one_shot()
    {
        FewShotReport report = FewShotEvaluation.Evaluate(DrawnFeatures.Clouds(100, 16, 5, 40, 1), DrawnFeatures.Clouds(50, 16, 5, 40, 2), new());
        Assert.Equal([1, 5], report.Results.Select(result => result.Shots));
        Assert.All(report.Results, result => Assert.Equal((1, 0, 5), (result.Mean.Value, result.StandardDeviation, result.Runs.Count)));
    }

    [Fact]
    public void More_shots_are_better_and_runs_differ()
    {
        FewShotReport report = FewShotEvaluation.Evaluate(DrawnFeatures.Clouds(500, 16, 5, 2.5, 1), DrawnFeatures.Clouds(500, 16, 5, 2.5, 2), new FewShotOptions { Shots = [1, 20] });
        Assert.True(report.Results[0].Mean.Value + 0.1 < report.Results[1].Mean.Value);
        Assert.True(report.Results[0].Runs.Distinct().Count() > 1);
    }

    [Fact]
    public void Interval_is_the_t_interval_of_the_runs()
    {
        FewShotReport.Result result = FewShotEvaluation.Evaluate(DrawnFeatures.Clouds(500, 16, 5, 2.5, 1), DrawnFeatures.Clouds(100, 16, 5, 2.5, 2), new()).Results[0];
        double mean = result.Runs.Average(), deviation = Math.Sqrt(result.Runs.Sum(run => (run - mean) * (run - mean)) / 4);
        double[] expected = [mean, deviation, 2.7764451051977987 * deviation / Math.Sqrt(5)];
        GoldenJson.Near("mean, deviation, half", expected, [result.Mean.Value, result.StandardDeviation!.Value, result.Mean.High!.Value - mean]);
    }

    [Fact]
    public void One_run_has_neither_deviation_nor_interval()
    {
        FewShotReport.Result result = FewShotEvaluation.Evaluate(DrawnFeatures.Clouds(50, 8, 5, 2, 1), DrawnFeatures.Clouds(50, 8, 5, 2, 2), new FewShotOptions { Runs = 1 }).Results[0];
        Assert.Null(result.StandardDeviation);
        Assert.Null(result.Mean.Low);
    }

    [Fact]
    public void Class_with_too_few_samples_is_counted_and_drawn_with_replacement_or_refused()
    {
        FeatureSet train = DrawnFeatures.Set([1, 0, 1, 0.1f, 1, 0.2f, 0, 1], 2, [0, 0, 0, 1]);
        Assert.Equal(1, FewShotEvaluation.Evaluate(train, train, new FewShotOptions { Shots = [3] }).Results[0].ShortClasses);
        string refused = Assert.Throws<EvaluationException>(() => FewShotEvaluation.Evaluate(train, train, new FewShotOptions { Shots = [3], StrictShots = true })).Message;
        Assert.Contains("class 1 has 1 training samples, fewer than the 3 shots", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FeatureSet set = DrawnFeatures.Clouds(30, 4, 2, 1, 1);
        Assert.Throws<ArgumentException>(() => FewShotEvaluation.Evaluate(set, set, new FewShotOptions { Shots = [0] }));
        Assert.Throws<ArgumentException>(() => FewShotEvaluation.Evaluate(set, set, new FewShotOptions { Runs = 0 }));
    }
}
