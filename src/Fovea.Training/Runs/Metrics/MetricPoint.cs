namespace Fovea.Training.Runs.Metrics;

/// <summary>A point of a figure's curve.</summary>
/// <param name="Step">Optimiser steps made.</param>
/// <param name="Value">In the figure's unit; NaN where the run had no number.</param>
internal readonly record struct MetricPoint(long Step, double Value);
