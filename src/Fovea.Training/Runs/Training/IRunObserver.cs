using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Training;

/// <summary>Is told what a run does: a terminal, a report, a test. Called between steps, on the thread that trains.</summary>
internal interface IRunObserver
{
    /// <summary>The run begins or goes on.</summary>
    void Begins(RunCounters counters, RunLength length, MetricsHistory history);

    /// <summary>A step was made.</summary>
    void Stepped(StepReport report, Throughput throughput);

    /// <summary>A line of metrics was written.</summary>
    void Logged(MetricsLine line);

    /// <summary>Checkpoint and model are on the disk.</summary>
    void Saved(RunCounters counters, MetricsHistory history);
}
