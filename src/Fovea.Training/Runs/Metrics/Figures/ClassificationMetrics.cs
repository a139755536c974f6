namespace Fovea.Training.Runs.Metrics;

/// <summary>What the training of a classifier logs beside the figures of every run.</summary>
internal static class ClassificationMetrics
{
    public static readonly Metric TrainTop1 = new("train_top1", MetricKind.Training, "Training accuracy", "%", "Share of the step's pictures, as they were augmented and mixed, whose likeliest class is that of their target.");

    public static readonly Metric Top1 = new("val_top1", MetricKind.Evaluation, "Top 1", "%", "Share of the validation pictures whose likeliest class is right; it chooses the model that serves.");
    public static readonly Metric Top5 = new("val_top5", MetricKind.Evaluation, "Top 5", "%", "Share of the validation pictures whose class is among the five likeliest.");
    public static readonly Metric MacroF1 = new("val_macro_f1", MetricKind.Evaluation, "Macro F1", "%", "Mean over classes of the harmonic mean of precision and recall: rare classes count as much as frequent ones.");
    public static readonly Metric Loss = new("val_loss", MetricKind.Evaluation, "Validation loss", "", "Mean of -ln p of the right class. While it rises and top 1 does too, the model only becomes too sure of itself.");
    public static readonly Metric CalibrationError = new("val_ece", MetricKind.Evaluation, "Calibration error", "%", "Mean gap between how sure the model is and how often it is right (ECE, 15 bins); near 0 its probabilities can be believed.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [TrainTop1, Top1, Top5, MacroF1, Loss, CalibrationError];
}
