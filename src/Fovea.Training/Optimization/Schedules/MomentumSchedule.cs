namespace Fovea.Training.Optimization;

/// <summary>
/// The momentum m of each step: target = m * target + (1 - m) * context. It advances with every batch and is read at the batch that completes a step, as in the
/// reference, so accumulation leaves its course unchanged.
/// </summary>
internal sealed class MomentumSchedule
{
    private readonly MomentumSettings _settings;
    private readonly RunLength _length;

    /// <param name="settings">From where to where.</param>
    /// <param name="length">How long.</param>
    /// <exception cref="ArgumentException">A momentum is outside of 0 to 1.</exception>
    public MomentumSchedule(MomentumSettings settings, RunLength length)
    {
        foreach (double momentum in (ReadOnlySpan<double>)[settings.Start, settings.End])
        {
            ScheduleRules.Require(momentum is >= 0 and <= 1, $"the momentum goes from {settings.Start} to {settings.End}; both are between 0 (the target encoder is the context encoder) and 1 (it never moves).");
        }
        (_settings, _length) = (settings, length);
    }

    /// <summary>The momentum of a step, from 0.</summary>
    public double At(long step) => AtBatch(_length.LastBatchOf(step));

    /// <summary>The momentum of a batch, from 0; past the end, that of the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is negative.</exception>
    public double AtBatch(long batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        return _settings.Curve.Between(_settings.Start, _settings.End, Math.Min(batch, _length.Batches - 1) / (double)_length.Batches);
    }
}
