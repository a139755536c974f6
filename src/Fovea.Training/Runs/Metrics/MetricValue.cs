namespace Fovea.Training.Runs.Metrics;

/// <summary>A figure's value at some step.</summary>
/// <param name="Metric">Which figure.</param>
/// <param name="Value">In its unit.</param>
internal readonly record struct MetricValue(Metric Metric, double Value);
