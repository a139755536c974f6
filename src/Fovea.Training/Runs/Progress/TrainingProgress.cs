using System.Globalization;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Training;

namespace Fovea.Training.Runs.Progress;

/// <summary>What a terminal shows of a run between two steps.</summary>
/// <param name="Step">Steps made.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="Epoch">The epoch, from 1 as people count.</param>
/// <param name="Epochs">Epochs of the run.</param>
/// <param name="PicturesPerSecond">Since this start of the run; 0 while nobody knows.</param>
/// <param name="Left">How long the rest takes at that rate; null while nobody knows.</param>
/// <param name="Loss">Of the last step.</param>
/// <param name="Rates">Learning rate, weight decay and momentum of the last step.</param>
internal sealed record TrainingProgress(long Step, long Steps, long Epoch, int Epochs, double PicturesPerSecond, TimeSpan? Left, double Loss, ScheduleValues Rates)
{
    // A rate below this is a clock that has not moved yet.
    private const double NoRate = 1e-6;

    /// <summary>After a step.</summary>
    public static TrainingProgress Of(StepReport report, Throughput throughput, RunLength length)
    {
        double rate = throughput.PicturesPerSecond;
        TimeSpan? left = rate > NoRate ? TimeSpan.FromSeconds((length.Steps - report.Step) * (double)length.PicturesPerStep / rate) : null;
        return new TrainingProgress(report.Step, length.Steps, report.Epoch + 1, length.Epochs, rate, left, report.Loss, report.Rates);
    }

    /// <summary>The time left as a clock shows it: `0:04:09`, `31:20:00`; `?` while nobody knows.</summary>
    public string LeftText => Left is { } left ? string.Create(CultureInfo.InvariantCulture, $"{(long)left.TotalHours}:{left:mm\\:ss}") : "?";

    /// <summary>Everything but the time left, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"step {Step:N0} of {Steps:N0}, epoch {Epoch} of {Epochs}, {PicturesPerSecond:N1} pictures/s, loss {Loss:F4}, rate {Rates.LearningRate:0.0e0}, decay {Rates.WeightDecay:G3}{(Rates.Momentum == 1 ? "" : $", momentum {Rates.Momentum:F5}")}");
}
