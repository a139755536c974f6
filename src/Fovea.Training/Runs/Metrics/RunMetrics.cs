namespace Fovea.Training.Runs.Metrics;

/// <summary>Where a run puts its figures: each line goes to `metrics.jsonl` and to TensorBoard, so that the two cannot differ. Not safe to use from several threads.</summary>
internal sealed class RunMetrics : IDisposable
{
    private readonly MetricsLog _log;
    private readonly EventFile _events;

    private RunMetrics(MetricsLog log, EventFile events) => (_log, _events) = (log, events);

    /// <summary>Every figure of the run so far, also of the time before an interruption.</summary>
    public MetricsHistory History => _log.History;

    /// <summary>Begins the files of a new run.</summary>
    /// <param name="runFolder">It exists.</param>
    /// <param name="time">TensorBoard's clock; null: the machine's.</param>
    /// <exception cref="RunException">There are some, or they cannot be written.</exception>
    public static RunMetrics Create(string runFolder, TimeProvider? time = null) => Open(MetricsLog.Create(runFolder), runFolder, null, time);

    /// <summary>Goes on with an interrupted run: what was logged of later steps is forgotten in both places.</summary>
    /// <param name="runFolder">The run.</param>
    /// <param name="step">The step of the checkpoint that the run goes on from.</param>
    /// <param name="time">TensorBoard's clock; null: the machine's.</param>
    /// <exception cref="RunException">The files cannot be written, or hold something else.</exception>
    public static RunMetrics Resume(string runFolder, long step, TimeProvider? time = null) => Open(MetricsLog.Resume(runFolder, step), runFolder, step, time);

    /// <summary>Logs figures of one step.</summary>
    /// <param name="step">Optimiser steps made; 0 for the untrained encoder.</param>
    /// <param name="epoch">The epoch that the step belongs to, from 0.</param>
    /// <param name="values">In the order in which the line shall have them.</param>
    /// <returns>The line.</returns>
    /// <exception cref="RunException">The disk is full.</exception>
    public MetricsLine Write(long step, long epoch, params ReadOnlySpan<MetricValue> values)
    {
        MetricsLine line = new(step, epoch, values);
        _log.Write(line);
        _events.Write(line);
        return line;
    }

    /// <summary>Waits until every line is on the disk; call it before a checkpoint is written.</summary>
    /// <exception cref="RunException">The disk is full.</exception>
    public void FlushToDisk() => _log.FlushToDisk();

    public void Dispose()
    {
        _events.Dispose();
        _log.Dispose();
    }

    private static RunMetrics Open(MetricsLog log, string runFolder, long? resumedStep, TimeProvider? time)
    {
        try
        {
            return new RunMetrics(log, EventFile.Create(runFolder, resumedStep, time ?? TimeProvider.System));
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }
}
