using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Training;

/// <summary>Which model of a run serves in the end, and when it is not worth waiting for a better one. A function of the run's figures alone, so that a resumed run chooses alike.</summary>
/// <param name="Metric">The figure of the looks that decides: the higher the better, of equal ones the earlier.</param>
/// <param name="Patience">Looks without a better one after which the run ends; null: it never ends early.</param>
internal sealed record ModelSelection(Metric Metric, int? Patience = null)
{
    /// <inheritdoc cref="ModelSelection" path="/param[@name='Patience']"/>
    public int? Patience { get; } = Patience is null or >= 1 ? Patience : throw new ArgumentException($"run.patience is {Patience}; it is 1 or more looks, or null for a run that does not end early.");

    /// <summary>The best look so far; null before the first. The look at step 0, before any training, does not count.</summary>
    public MetricPoint? Best(MetricsHistory history)
    {
        MetricPoint? best = null;
        foreach (MetricPoint point in history[Metric])
        {
            if (point.Step > 0 && !double.IsNaN(point.Value) && (best is null || point.Value > best.Value.Value)) best = point;
        }
        return best;
    }

    /// <summary>Whether the model of this step is the one to serve: that of the best look, and any while nobody has looked.</summary>
    public bool IsBest(MetricsHistory history, long step) => Best(history) is not { } best || best.Step == step;

    /// <summary>Whether so many looks were made without a better one that the run ends.</summary>
    public bool IsExhausted(MetricsHistory history) => Patience is { } patience && Best(history) is { } best && history[Metric].Count(point => point.Step > best.Step) >= patience;
}
