using Fovea.Training.Optimization;

namespace Fovea.Training.Runs.Training;

/// <summary>What one optimiser step was.</summary>
/// <param name="Step">Its number, from 0.</param>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="Loss">The loss before the update, the mean of the step's batches.</param>
/// <param name="Rates">Learning rate, weight decay and momentum of the step.</param>
/// <param name="GradientNorm">The L2 norm before clipping; null where nobody asked for it.</param>
/// <param name="Pictures">Pictures trained on so far, this step included.</param>
/// <param name="Figures">What the task says of the step.</param>
internal sealed record StepReport(
    long Step, long Epoch, double Loss, ScheduleValues Rates, double? GradientNorm, long Pictures, IReadOnlyList<KeyValuePair<string, double>> Figures);
