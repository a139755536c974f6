using Fovea.Training.Optimization;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Training;

/// <summary>What one optimiser step was.</summary>
/// <param name="Step">Steps made, this one included.</param>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="EndsEpoch">Whether it was the last of its epoch.</param>
/// <param name="Loss">The loss before the update, the mean of the step's batches.</param>
/// <param name="Rates">Learning rate, weight decay and momentum of the step.</param>
/// <param name="GradientNorm">The L2 norm before clipping; null where nobody asked for it.</param>
/// <param name="Pictures">Pictures trained on so far, this step included.</param>
/// <param name="Waited">How long it waited for its pictures.</param>
/// <param name="Figures">What the task says of the step; empty where nobody asked.</param>
internal sealed record StepReport(
    long Step, long Epoch, bool EndsEpoch, double Loss, ScheduleValues Rates, double? GradientNorm, long Pictures, TimeSpan Waited, IReadOnlyList<MetricValue> Figures);
