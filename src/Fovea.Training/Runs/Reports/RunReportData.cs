using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>Everything that the report of a run shows. What is empty is left out of it.</summary>
internal sealed record RunReportData
{
    /// <summary>What the run is called: mostly the name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Optimiser steps made.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>Pictures trained on, repetitions counted.</summary>
    public required long PicturesSeen { get; init; }

    /// <summary>How long the run has trained, interruptions left out: <see cref="TrainingTime"/>.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When the report was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The resolved recipe.</summary>
    public IReadOnlyList<ReportField> Recipe { get; init; } = [];

    /// <summary>What it ran on: <see cref="MachineFacts"/>.</summary>
    public IReadOnlyList<ReportField> Machine { get; init; } = [];

    /// <summary>The curves.</summary>
    public MetricsHistory History { get; init; } = new();

    /// <summary>Figures whose last value stands at the top, where the run has them.</summary>
    public IReadOnlyList<Metric> Headlines { get; init; } = [KnownMetrics.KnnTop1, KnownMetrics.RankMe, KnownMetrics.Loss];

    /// <summary>What the run warned of, oldest first.</summary>
    public IReadOnlyList<HealthWarning> Warnings { get; init; } = [];

    /// <summary>Sample pictures with the masks of a step; the first <see cref="RunReport.MostMasks"/> are shown.</summary>
    public IReadOnlyList<MaskedPicture> Masks { get; init; } = [];

    /// <summary>Pictures and what the encoder finds most like them; the first <see cref="RunReport.MostQueries"/> are shown.</summary>
    public IReadOnlyList<NeighbourRow> Neighbours { get; init; } = [];

    /// <summary>Among how many pictures the neighbours were looked for.</summary>
    public int NeighbourPictures { get; init; }

    /// <summary>How well the classes are told apart; null where the run trains no classifier, or has not measured it.</summary>
    public ClassifierPageData? Classifier { get; init; }

    /// <summary>Pictures that could not be used; the first <see cref="RunReport.MostSkipped"/> are listed.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; init; } = [];

    /// <summary>How many pictures could not be used, listed or not.</summary>
    public long SkippedCount { get; init; }
}
