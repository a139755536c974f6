namespace Fovea.Training.Runs.Metrics;

/// <summary>The curves of a run: every figure's values in the order of their steps.</summary>
internal sealed class MetricsHistory
{
    private readonly Dictionary<string, List<MetricPoint>> _series = [];
    private readonly List<Metric> _metrics = [];

    /// <summary>An empty history.</summary>
    public MetricsHistory()
    {
    }

    /// <summary>The history of some lines.</summary>
    public MetricsHistory(IEnumerable<MetricsLine> lines)
    {
        foreach (MetricsLine line in lines) Add(line);
    }

    /// <summary>The last step of all; -1 before the first line.</summary>
    public long LastStep { get; private set; } = -1;

    /// <summary>Figures that have values, in the order in which they first came.</summary>
    public IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>A figure's curve, empty where it was never logged.</summary>
    public IReadOnlyList<MetricPoint> this[Metric metric] => _series.TryGetValue(metric.Name, out List<MetricPoint>? points) ? points : [];

    /// <summary>Adds a line.</summary>
    /// <exception cref="ArgumentException">Its step lies before the last one.</exception>
    public void Add(MetricsLine line)
    {
        if (line.Step < LastStep) throw new ArgumentException($"step {line.Step} comes after step {LastStep}; lines of metrics are in the order of their steps.", nameof(line));
        LastStep = line.Step;
        foreach ((Metric metric, double value) in line.Values)
        {
            if (!_series.TryGetValue(metric.Name, out List<MetricPoint>? points))
            {
                _metrics.Add(metric);
                _series.Add(metric.Name, points = []);
            }
            points.Add(new MetricPoint(line.Step, value));
        }
    }
}
