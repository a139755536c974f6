using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Probes;

public class LinearProbeTests
{
    private static readonly LinearProbeOptions Few = new() { Strengths = [1e-4, 1e-2, 1, 100] };

    [Fact]
    public void Classes_separated_by_planes_are_told_apart_and_the_optimum_is_reached()
    {
        LinearProbeReport report = LinearProbe.Evaluate(DrawnFeatures.Clouds(300, 8, 4, 12, 1), DrawnFeatures.Clouds(100, 8, 4, 12, 2), Few);
        Assert.Equal(1, report.Top1.Value);
        Assert.True(report.Fit.Converged);
        Assert.Equal(300, report.Fit.Samples);
        Assert.InRange(report.Fit.LargestGradient!.Value, 0, 1e-8);
        Assert.Equal(30, report.HeldOut);
        Assert.Equal(Few.Strengths, report.Settings.Select(setting => setting.Strength!.Value));
    }

    [Fact]
    public void Setting_with_the_best_held_out_accuracy_is_chosen_the_strongest_of_equals()
    {
        LinearProbeReport report = LinearProbe.Evaluate(DrawnFeatures.Clouds(300, 8, 4, 1.5, 1), DrawnFeatures.Clouds(100, 8, 4, 1.5, 2), Few);
        double best = report.Settings.Max(setting => setting.HeldOutAccuracy);
        Assert.Equal(report.Settings.First(setting => setting.HeldOutAccuracy == best), report.Chosen);
    }

    [Fact]
    public void Feature_that_knows_the_classes_is_chosen_over_one_that_does_not()
    {
        (FeatureSet, FeatureSet) noise = (DrawnFeatures.Clouds(200, 8, 2, 0, 1, "avg"), DrawnFeatures.Clouds(50, 8, 2, 0, 2, "avg"));
        (FeatureSet, FeatureSet) good = (DrawnFeatures.Clouds(200, 16, 2, 5, 3, "avg4"), DrawnFeatures.Clouds(50, 16, 2, 5, 4, "avg4"));
        LinearProbeReport report = LinearProbe.Evaluate([noise, good], Few with { Scalings = [ProbeScaling.None, ProbeScaling.Standardized] });
        Assert.Equal("avg4", report.Chosen.Feature);
        Assert.Equal("avg4", report.Data.Feature);
        Assert.Equal(4 * 4, report.Settings.Count);
    }

    [Fact]
    public void Standardized_probe_does_not_care_about_the_units_of_a_feature()
    {
        LinearProbeOptions options = Few with { Scalings = [ProbeScaling.Standardized] };
        LinearProbeReport metres = LinearProbe.Evaluate(DrawnFeatures.Clouds(200, 8, 4, 2, 1), DrawnFeatures.Clouds(100, 8, 4, 2, 2), options);
        LinearProbeReport others = LinearProbe.Evaluate(Rescaled(DrawnFeatures.Clouds(200, 8, 4, 2, 1)), Rescaled(DrawnFeatures.Clouds(100, 8, 4, 2, 2)), options);
        Assert.Equal(metres.Predictions, others.Predictions);
        Assert.Equal(metres.Fit.Objective!.Value, others.Fit.Objective!.Value, 1e-6);                           // float32 of the rescaled features, and 1e-6 in the variance
    }

    [Fact]
    public void Same_seed_gives_the_same_report()
    {
        LinearProbeReport one = Evaluate(), other = Evaluate();
        Assert.Equal(one.Settings, other.Settings);
        Assert.Equal(one.Fit, other.Fit);

        static LinearProbeReport Evaluate() => LinearProbe.Evaluate(DrawnFeatures.Clouds(300, 8, 4, 1.5, 1), DrawnFeatures.Clouds(100, 8, 4, 1.5, 2), Few with { Seed = 5 });
    }

    [Fact]
    public void Features_of_other_samples_are_refused()
    {
        FeatureSet test = DrawnFeatures.Clouds(10, 4, 2, 1, 2);
        (FeatureSet, FeatureSet) one = (DrawnFeatures.Clouds(30, 4, 2, 1, 1, "avg"), test), other = (DrawnFeatures.Clouds(31, 4, 2, 1, 1, "avg4"), test);
        Assert.Contains("'avg' and 'avg4'", Assert.Throws<EvaluationException>(() => LinearProbe.Evaluate([one, other], Few)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FeatureSet set = DrawnFeatures.Clouds(30, 4, 2, 1, 1);
        Assert.Throws<ArgumentException>(() => LinearProbe.Evaluate(set, set, new LinearProbeOptions { Strengths = [] }));
        Assert.Throws<ArgumentException>(() => LinearProbe.Evaluate(set, set, new LinearProbeOptions { Strengths = [-1] }));
        Assert.Throws<ArgumentException>(() => LinearProbe.Evaluate(set, set, new LinearProbeOptions { Scalings = [] }));
        Assert.Throws<ArgumentException>(() => LinearProbe.Evaluate(set, set, new LinearProbeOptions { Tolerance = 0 }));
    }

    private static FeatureSet Rescaled(FeatureSet set)
    {
        double[] row = new double[set.Features.Width];
        float[] values = [.. Enumerable.Range(0, set.Count).SelectMany(sample =>
        {
            set.Features.Read(sample, row);
            return row.Select((value, column) => (float)(value * (1 << column) + 100)).ToArray();
        })];
        return DrawnFeatures.Set(values, set.Features.Width, [.. set.Labels]);
    }
}
