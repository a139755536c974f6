using System.Globalization;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Health;

/// <summary>A run's history as the rules of <see cref="HealthRules"/> look at it.</summary>
/// <param name="history">All lines so far.</param>
/// <param name="steps">Steps of the whole run: what is normal at its beginning is not at its end.</param>
/// <param name="warmupSteps">Steps in which the learning rate rises.</param>
/// <param name="thresholds">Where figures become warnings.</param>
internal sealed class HealthView(MetricsHistory history, long steps, long warmupSteps, HealthThresholds thresholds)
{
    /// <summary>Where figures become warnings.</summary>
    public HealthThresholds Thresholds => thresholds;

    /// <summary>The last reading of a figure; null where there is none.</summary>
    public MetricPoint? Last(Metric metric) => history[metric] is [.., var last] ? last : null;

    /// <summary>What a figure was for the untrained encoder; null where nobody measured it.</summary>
    public double? Untrained(Metric metric) => history[metric] is [{ Step: 0 } first, ..] ? first.Value : null;

    /// <summary>The first reading of a figure.</summary>
    public double First(Metric metric) => history[metric][0].Value;

    /// <summary>The last readings of a figure, oldest first; null where there are fewer.</summary>
    public double[]? Latest(Metric metric, int count) => LatestPoints(metric, count) is { } points ? [.. points.Select(point => point.Value)] : null;

    /// <summary>The last readings of a figure, if all of them come after the early part of the run; else null.</summary>
    public MetricPoint[]? Settled(Metric metric, int count) => LatestPoints(metric, count) is { } points && !IsEarly(points[0].Step) ? points : null;

    /// <summary>Whether the last readings all lie below a limit, after the early part, without a sign of recovery.</summary>
    public bool StaysBelow(Metric metric, double limit) =>
        Settled(metric, thresholds.Readings) is { } points && points.All(point => point.Value < limit) && points[^1].Value <= thresholds.Recovery * points.Min(point => point.Value);

    /// <summary>Whether the last readings all lie above a limit, after the early part.</summary>
    public bool StaysAbove(Metric metric, double limit) => Settled(metric, thresholds.Readings) is { } points && points.All(point => point.Value > limit);

    /// <summary>The last value of a figure that was logged at a step or before it; null where there is none.</summary>
    public double? At(Metric metric, long step)
    {
        IReadOnlyList<MetricPoint> points = history[metric];
        for (int index = points.Count - 1; index >= 0; index--)
        {
            if (points[index].Step <= step) return points[index].Value;
        }
        return null;
    }

    /// <summary>Readings of a figure before the last ones: at most so many.</summary>
    public double[] Before(Metric metric, int lastOnes, int count)
    {
        IReadOnlyList<MetricPoint> points = history[metric];
        int end = Math.Max(0, points.Count - lastOnes), start = Math.Max(0, end - count);
        double[] values = new double[end - start];
        for (int index = start; index < end; index++) values[index - start] = points[index].Value;
        return values;
    }

    /// <summary>The largest reading of a figure.</summary>
    public double Highest(Metric metric) => history[metric].Max(point => point.Value);

    /// <summary>Whether a step lies in a later part of the run.</summary>
    public bool IsPast(long step, double share) => step >= share * steps;

    /// <summary>A figure as text, of three digits.</summary>
    public string Text(Metric metric) => Text(Last(metric)!.Value.Value);

    /// <summary>A number as text, of three digits.</summary>
    public static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private bool IsEarly(long step) => step <= Math.Max(Math.Max(warmupSteps, thresholds.EarlySteps), thresholds.EarlyShare * steps);

    private MetricPoint[]? LatestPoints(Metric metric, int count)
    {
        IReadOnlyList<MetricPoint> points = history[metric];
        if (points.Count < count) return null;
        MetricPoint[] latest = new MetricPoint[count];
        for (int index = 0; index < count; index++) latest[index] = points[points.Count - count + index];
        return latest;
    }
}
