using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Metric">What it shows.</param>
/// <param name="Points">In the order of their steps; at least one.</param>
internal sealed record ChartLine(Metric Metric, IReadOnlyList<MetricPoint> Points)
{
    /// <summary>The last value that is a number; NaN where none is.</summary>
    public double Last
    {
        get
        {
            for (int index = Points.Count - 1; index >= 0; index--)
            {
                if (double.IsFinite(Points[index].Value)) return Points[index].Value;
            }
            return double.NaN;
        }
    }

    /// <summary>The value of the untrained encoder; null where nobody measured it.</summary>
    public double? Untrained => Points[0] is { Step: 0 } first && double.IsFinite(first.Value) ? first.Value : null;
}
