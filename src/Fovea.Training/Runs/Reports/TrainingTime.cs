using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>How long a run has trained, over all its starts: from its log, since no process has seen all of it.</summary>
internal static class TrainingTime
{
    /// <summary>The time of every step up to the last one that was logged. Interruptions, and steps that were made again after one, do not count.</summary>
    /// <param name="history">The run's figures; <see cref="KnownMetrics.ImagesPerSecond"/> holds since the reading before.</param>
    /// <param name="picturesPerStep">Pictures of a step.</param>
    public static TimeSpan Of(MetricsHistory history, int picturesPerStep)
    {
        double seconds = 0;
        long before = 0;
        foreach ((long step, double rate) in history[KnownMetrics.ImagesPerSecond])
        {
            if (!(rate > 0) || !double.IsFinite(rate)) continue;               // no time of these steps is known: the next rate counts for them
            seconds += (step - before) * picturesPerStep / rate;
            before = step;
        }
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
    }
}
