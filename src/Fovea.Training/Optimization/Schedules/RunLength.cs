namespace Fovea.Training.Optimization;

/// <summary>
/// How long a run is. A step is one optimiser update over all processes; it takes <see cref="BatchesPerStep"/> batches, in the last step of an epoch what is left
/// of them. Steps and batches are counted from 0.
/// </summary>
internal sealed record RunLength
{
    /// <param name="epochs">Epochs of the whole run.</param>
    /// <param name="batchesPerEpoch">Batches that one process computes in an epoch; all processes have equally many.</param>
    /// <param name="batchesPerStep">Batches whose gradients are accumulated.</param>
    /// <param name="picturesPerStep">Pictures of a whole step, over all processes: batch size * processes * <paramref name="batchesPerStep"/>.</param>
    /// <exception cref="ArgumentException">One of them is not positive.</exception>
    public RunLength(int epochs, int batchesPerEpoch, int batchesPerStep, int picturesPerStep)
    {
        ScheduleRules.Require(epochs >= 1, $"the run has {epochs} epochs; it needs 1 or more.");
        ScheduleRules.Require(batchesPerEpoch >= 1, $"an epoch has {batchesPerEpoch} batches; there are fewer pictures than one batch takes over all processes: use a smaller batch or more pictures.");
        ScheduleRules.Require(batchesPerStep >= 1, $"{batchesPerStep} batches are accumulated in a step; it takes 1 or more.");
        ScheduleRules.Require(picturesPerStep >= 1, $"a step has {picturesPerStep} pictures; it needs 1 or more.");
        (Epochs, BatchesPerEpoch, BatchesPerStep, PicturesPerStep) = (epochs, batchesPerEpoch, batchesPerStep, picturesPerStep);
        StepsPerEpoch = (int)(((long)batchesPerEpoch + batchesPerStep - 1) / batchesPerStep);
    }

    /// <summary>Epochs of the whole run.</summary>
    public int Epochs { get; }

    /// <summary>Batches of a process in an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Batches of a full step.</summary>
    public int BatchesPerStep { get; }

    /// <summary>Pictures of a full step, over all processes.</summary>
    public int PicturesPerStep { get; }

    /// <summary>Steps of an epoch: the last one may be short.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Batches of the run.</summary>
    public long Batches => (long)Epochs * BatchesPerEpoch;

    /// <summary>Steps of the run.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;

    /// <summary>Units of the run.</summary>
    public long Units(ScheduleUnit unit) => unit == ScheduleUnit.Epoch ? Epochs : Steps;

    /// <summary>The unit that a step lies in. Steps past the end lie in the last one: a run that goes on keeps its last numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public long UnitOf(long step, ScheduleUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        long last = Math.Min(step, Steps - 1);
        return unit == ScheduleUnit.Epoch ? last / StepsPerEpoch : last;
    }

    /// <summary>The batch that completes a step.</summary>
    public long LastBatchOf(long step)
    {
        (long epoch, long place) = Math.DivRem(UnitOf(step, ScheduleUnit.Step), StepsPerEpoch);
        return epoch * BatchesPerEpoch + Math.Min((place + 1) * BatchesPerStep, BatchesPerEpoch) - 1;
    }
}
