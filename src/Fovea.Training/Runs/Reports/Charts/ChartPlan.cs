using Fovea.Pages;
using Fovea.Training.Runs.Metrics;
using static Fovea.Training.Runs.Metrics.KnownMetrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>A chart of the report: which figures share it, and how its axis is chosen.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Axis">How the vertical axis is chosen.</param>
/// <param name="ShowsUntrained">Whether the untrained encoder's value is drawn across.</param>
/// <param name="Metrics">Figures of one unit.</param>
internal sealed record ChartPlan(string Title, AxisKind Axis, bool ShowsUntrained, params IReadOnlyList<Metric> Metrics)
{
    /// <summary>The charts of a run, by heading; what a reader should look at first comes first. A figure that nobody knows has a chart of its own at the end.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<ChartPlan> Charts)> Of(MetricsHistory history)
    {
        foreach ((string heading, ChartPlan[] charts) in Known) yield return (heading, charts);
        HashSet<string> planned = [.. Known.SelectMany(group => group.Charts).SelectMany(chart => chart.Metrics).Select(metric => metric.Name)];
        yield return ("Further figures", [.. history.Metrics.Where(metric => !planned.Contains(metric.Name)).Select(Alone)]);
    }

    private static readonly (string Heading, ChartPlan[] Charts)[] Known =
    [
        ("What the classifier is worth",
        [
            new("Accuracy on the validation", AxisKind.FromZero, true, ClassificationMetrics.Top1, ClassificationMetrics.Top5, ClassificationMetrics.MacroF1),
            Alone(ClassificationMetrics.CalibrationError, AxisKind.FromZero),
        ]),
        ("What the detector is worth",
        [
            new("Average precision on the validation", AxisKind.FromZero, false, DetectionMetrics.Ap, DetectionMetrics.Ap50, DetectionMetrics.Ap75),
            Alone(DetectionMetrics.Ar100, AxisKind.FromZero),
        ]),
        ("What the encoder is worth",
        [
            Alone(KnnTop1, AxisKind.FromZero, showsUntrained: true),
            Alone(LinearTop1, AxisKind.FromZero, showsUntrained: true),
            new("Effective rank (RankMe)", AxisKind.FromZero, true, RankMe, ContextRankMe),
            Alone(Lidar, AxisKind.FromZero, showsUntrained: true),
            Alone(FeatureDeviation, AxisKind.FromZero, showsUntrained: true),
        ]),
        ("Learning",
        [
            new("Loss", AxisKind.Automatic, false, Loss, ConstantLoss, ClassificationMetrics.Loss),
            Alone(ClassificationMetrics.TrainTop1, AxisKind.FromZero),
            new("Losses of the detector", AxisKind.FromZero, false, DetectionMetrics.ClassLoss, DetectionMetrics.BoxLoss, DetectionMetrics.CentreLoss),
            Alone(DetectionMetrics.Places, AxisKind.FromZero),
            Alone(LossRatio, AxisKind.FromZero),
            Alone(TargetVariance, AxisKind.FromZero),
            new("Cosine between targets", AxisKind.FromZero, false, PictureCosine, PositionCosine),
            new("Gradient norms", AxisKind.Automatic, false, GradientNorm, EncoderGradientNorm, PredictorGradientNorm),
            Alone(EncoderDistance),
        ]),
        ("Schedules", [Alone(LearningRate, AxisKind.Linear), Alone(WeightDecay, AxisKind.Linear), Alone(Momentum, AxisKind.Linear)]),
        ("Speed and masks",
        [
            Alone(ImagesPerSecond, AxisKind.FromZero),
            Alone(WaitShare, AxisKind.FromZero),
            new("Sizes of context and targets", AxisKind.FromZero, false, ContextPatches, TargetPatches),
        ]),
    ];

    private static ChartPlan Alone(Metric metric) => Alone(metric, AxisKind.Automatic);

    private static ChartPlan Alone(Metric metric, AxisKind axis, bool showsUntrained = false) => new(metric.Title, axis, showsUntrained, metric);
}
