namespace Fovea.Training.Optimization;

/// <summary>The weight decay over a run. The defaults are the reference's: 0.04 to 0.4 along a cosine, changed once an epoch.</summary>
internal sealed record WeightDecaySettings
{
    /// <summary>At the start. Default 0.04.</summary>
    public double Start { get; init; } = 0.04;

    /// <summary>At the end; null: constant. Default 0.4.</summary>
    public double? End { get; init; } = 0.4;

    /// <summary>How often it changes. Default once an epoch; in the published method every step.</summary>
    public ScheduleUnit Unit { get; init; } = ScheduleUnit.Epoch;

    /// <summary>The way. Default cosine, as in the reference and the authors' code; their article says linear.</summary>
    public Curve Curve { get; init; } = Curve.Cosine;

    /// <summary>Whether the first unit counts as 1: it has left the start already, and the last one is at the end (the authors' code). Default false: it never quite gets there (the reference).</summary>
    public bool CountsFromOne { get; init; }
}
