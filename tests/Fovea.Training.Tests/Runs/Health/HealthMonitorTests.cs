using System.Globalization;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using static Fovea.Training.Runs.Metrics.KnownMetrics;

namespace Fovea.Training.Tests.Runs.Health;

/// <summary>Made-up histories of a run of 10,000 steps with 1,000 of warm-up, one reading every 500 steps.</summary>
public class HealthMonitorTests
{
    [Fact]
    public void Rank_that_dips_early_and_recovers_is_healthy() => Silent(RankMe, 15, 9, 6, 6.5, 8, 11, 14, 19, 25, 31, 36);

    [Fact]
    public void Rank_that_is_low_but_rising_after_the_warm_up_is_healthy() => Silent(RankMe, 15, 5, 4, 4.5, 5, 5.6, 6.2, 6.9, 7.4, 8.5);

    [Fact]
    public void Loss_that_rises_while_the_rank_rises_is_healthy() => Silent(
        (Loss, [0.48, 0.3, 0.2, 0.21, 0.23, 0.25, 0.26, 0.27, 0.28, 0.28]),
        (RankMe, [15, 12, 14, 18, 25, 33, 40, 52, 61, 70]),
        (LossRatio, [1.1, 0.8, 0.5, 0.52, 0.56, 0.6, 0.61, 0.63, 0.64, 0.65]));

    [Fact]
    public void Loss_that_falls_while_the_rank_rises_is_healthy() => Silent(
        (Loss, [0.48, 0.4, 0.35, 0.3, 0.25, 0.22, 0.2, 0.18]),
        (RankMe, [15, 12, 14, 18, 25, 33, 40, 52]));

    [Fact]
    public void Figures_of_an_ordinary_run_give_no_warning() => Silent(
        (LearningRate, [1e-5, 5e-4, 1e-3, 1e-3, 9e-4, 8e-4, 6e-4, 4e-4, 2e-4, 1e-6]),
        (Momentum, [0.996, 0.9962, 0.9966, 0.997, 0.998, 0.9985, 0.999, 0.9995, 0.9999, 1]),
        (TargetVariance, [0.9, 0.8, 0.5, 0.4, 0.35, 0.4, 0.45, 0.5, 0.5, 0.5]),
        (ConstantLoss, [0.39, 0.35, 0.28, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.3]),
        (PictureCosine, [0.1, 0.2, 0.4, 0.5, 0.45, 0.4, 0.4, 0.4, 0.4, 0.4]),
        (PositionCosine, [0.45, 0.6, 0.7, 0.7, 0.65, 0.6, 0.6, 0.6, 0.6, 0.6]),
        (GradientNorm, [0.2, 0.1, 9, 0.1, 0.09, 0.1, 0.12, 0.1, 0.1, 0.1]),
        (EncoderGradientNorm, [0.004, 0.01, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05]),
        (EncoderDistance, [0, 0.05, 0.1, 0.1, 0.08, 0.05, 0.03, 0.01, 1e-3, 1e-5]),
        (KnnTop1, [0.28, 0.26, 0.27, 0.28, 0.3, 0.33, 0.35, 0.37, 0.38, 0.4]),
        (WaitShare, [0.9, 0.5, 0.1, 0.02, 0.01, 0.01, 0.02, 0.4, 0.01, 0.01]));

    [Fact]
    public void Single_bad_reading_is_no_warning() => Silent((TargetVariance, [0.9, 0.8, 0.5, 0.4, 0.05, 0.4, 0.5]), (PositionCosine, [0.5, 0.5, 0.5, 0.5, 0.99, 0.5, 0.5]));

    [Fact]
    public void Bad_readings_during_the_warm_up_are_no_warning() => Silent((TargetVariance, [0.05, 0.04, 0.05, 0.3, 0.4]), (RankMe, [15, 2, 2, 9, 12]));

    /// <summary>Measured: an encoder of width 192 in its first 115 steps of 64 pictures.</summary>
    [Fact]
    public void Dip_of_the_first_hundred_steps_is_no_warning_however_short_the_run()
    {
        HealthMonitor monitor = new(steps: 300, warmupSteps: 30);
        double[] ranks = [34.6, 35, 31.5, 25.4, 20.6, 17.5], losses = [0.436, 0.367, 0.334, 0.25, 0.222, 0.189];
        for (int reading = 0; reading < ranks.Length; reading++) monitor.Observe(new MetricsLine(20 * reading, 0, RankMe.Of(ranks[reading]), Loss.Of(losses[reading])));
        Assert.Empty(monitor.Warnings);
    }

    [Fact]
    public void Targets_that_become_equal_are_a_collapse()
    {
        HealthWarning warning = Only("collapse", TargetVariance, 0.9, 0.5, 0.2, 0.09, 0.05, 0.02, 0.01);
        Assert.Equal(2500, warning.Step);                                       // the third reading below 0.1
        Assert.StartsWith("step 2500: the representation is collapsing: all targets become equal (variance 0.02 of at most 1)", warning.ToString(), StringComparison.Ordinal);
        Assert.Contains("What to try: a lower learning rate", warning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_that_stays_below_half_of_the_untrained_encoders_is_named_with_both_numbers()
    {
        HealthWarning warning = Only("few-directions", RankMe, 15, 9, 7, 6, 6, 6, 6);
        Assert.Contains("effective rank is 6, that of the untrained encoder was 15", warning.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_without_an_untrained_reading_is_held_to_its_best() =>
        Assert.Contains("at its best it was 40", Only(Observe(firstStep: 500, (RankMe, [20, 30, 40, 40, 12, 11, 11])), "few-directions").Finding, StringComparison.Ordinal);

    [Fact]
    public void Pictures_whose_targets_become_alike_are_told() => Only("pictures-alike", PictureCosine, 0.1, 0.5, 0.8, 0.96, 0.97, 0.98);

    [Fact]
    public void Positions_whose_targets_become_alike_are_told() => Only("positions-alike", PositionCosine, 0.4, 0.5, 0.8, 0.96, 0.97, 0.98);

    [Fact]
    public void Constant_prediction_that_loses_less_and_less_is_told() => Only("poorer-targets", ConstantLoss, 0.4, 0.35, 0.3, 0.19, 0.15, 0.12);

    [Fact]
    public void Loss_and_rank_that_fall_together_are_told() => Only(
        Observe(0, (Loss, [0.48, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15]), (RankMe, [30, 40, 50, 50, 44, 33, 28])), "loss-misleads");

    [Fact]
    public void Targets_that_are_predicted_exactly_are_told_even_early() => Assert.Equal(1000, Only("too-easy", LossRatio, 0.04, 0.03, 0.02).Step);

    [Fact]
    public void Predictor_that_is_no_better_than_a_constant_is_told() => Only("nothing-predicted", LossRatio, 1.1, 1, 1, 1, 0.99, 0.99);

    [Fact]
    public void Gradient_norm_that_jumps_and_stays_is_told() => Only("gradient-jumps", GradientNorm, [.. Enumerable.Repeat(0.1, 40), 3, 3, 4]);

    [Fact]
    public void Encoder_without_a_gradient_is_told() => Only("no-gradient", EncoderGradientNorm, 0.1, 0, 0, 0);

    [Fact]
    public void Encoders_that_are_equal_against_their_momentum_are_told() => Only(
        Observe(0, (LearningRate, Constant(1e-3, 6)), (Momentum, Constant(0.996, 6)), (EncoderDistance, Constant(0, 6))), "encoders-equal");

    [Fact]
    public void Encoders_that_are_equal_at_momentum_1_are_healthy() => Silent((LearningRate, Constant(1e-3, 6)), (Momentum, Constant(1, 6)), (EncoderDistance, Constant(0, 6)));

    [Fact]
    public void Encoder_worse_than_an_untrained_one_is_told_in_the_second_half() =>
        Assert.Equal(5500, Only("worse-than-untrained", KnnTop1, 0.28, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26, 0.26).Step);

    [Fact]
    public void Waiting_for_pictures_is_told_when_it_lasts() => Only("waiting", WaitShare, 0.9, 0.4, 0.4, 0.4, 0.45, 0.5);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Loss_that_is_no_number_is_told_at_once(double loss) => Assert.Equal(500, Only("not-a-number", Loss, 0.4, loss).Step);

    [Fact]
    public void Gradient_that_is_no_number_is_told_at_once() => Only("gradient-not-a-number", GradientNorm, 0.4, double.NaN);

    [Fact]
    public void Warning_that_goes_on_is_given_once() => Assert.Single(Observe(0, (TargetVariance, [0.9, 0.5, 0.2, .. Constant(0.05, 12)])).Warnings);

    [Fact]
    public void Warning_that_ceases_and_comes_back_is_given_again()
    {
        HealthMonitor monitor = Observe(0, (TargetVariance, [0.9, 0.5, 0.2, 0.05, 0.05, 0.05, 0.5, 0.5, 0.05, 0.05, 0.05]));
        Assert.Equal([2500, 5000], monitor.Warnings.Select(warning => warning.Step));
    }

    [Fact]
    public void Every_rule_has_its_section_in_the_documentation()
    {
        string page = File.ReadAllText(Fovea.Tests.TestFolders.InRepository("docs", "training-health.md"));
        Assert.All(HealthRules.All, rule => Assert.Contains($"| `{rule.Name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_threshold_has_its_value_in_the_documentation()
    {
        string page = File.ReadAllText(Fovea.Tests.TestFolders.InRepository("docs", "training-health.md"));
        HealthThresholds defaults = new();
        Assert.All(typeof(HealthThresholds).GetProperties().Where(property => property.CanWrite), property => Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| `{property.Name}` | {property.GetValue(defaults)} |"), page, StringComparison.Ordinal));
    }

    private static double[] Constant(double value, int count) => [.. Enumerable.Repeat(value, count)];

    private static void Silent(Metric metric, params double[] values) => Silent((metric, values));

    private static void Silent(params (Metric Metric, double[] Values)[] series) => Assert.Empty(Observe(0, series).Warnings.Select(warning => warning.ToString()));

    private static HealthWarning Only(string rule, Metric metric, params double[] values) => Only(Observe(0, (metric, values)), rule);

    private static HealthWarning Only(HealthMonitor monitor, string rule)
    {
        HealthWarning warning = Assert.Single(monitor.Warnings);
        Assert.Equal(rule, warning.Rule);
        return warning;
    }

    private static HealthMonitor Observe(long firstStep, params (Metric Metric, double[] Values)[] series)
    {
        HealthMonitor monitor = new(steps: 10_000, warmupSteps: 1_000);
        List<HealthWarning> told = [];
        for (int reading = 0; reading < series.Max(one => one.Values.Length); reading++)
        {
            MetricValue[] values = [.. series.Where(one => reading < one.Values.Length).Select(one => one.Metric.Of(one.Values[reading]))];
            told.AddRange(monitor.Observe(new MetricsLine(firstStep + 500 * reading, 0, values)));
        }
        Assert.Equal(monitor.Warnings, told);
        return monitor;
    }
}
