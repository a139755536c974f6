namespace Fovea.Training.Optimization;

/// <summary>The main weight decay of each step. Groups with a special one keep their ratio to it: <see cref="ParameterGroup"/>.</summary>
internal sealed class WeightDecaySchedule
{
    private readonly WeightDecaySettings _settings;
    private readonly RunLength _length;

    /// <param name="settings">From where to where.</param>
    /// <param name="length">How long.</param>
    /// <exception cref="ArgumentException">A weight decay is negative or not finite.</exception>
    public WeightDecaySchedule(WeightDecaySettings settings, RunLength length)
    {
        ScheduleRules.Require(double.IsFinite(settings.Start) && settings.Start >= 0, $"the weight decay starts at {settings.Start}; it is 0 or more.");
        ScheduleRules.Require(settings.End is null || (double.IsFinite(settings.End.Value) && settings.End >= 0), $"the weight decay ends at {settings.End}; it is 0 or more, or left out for a constant one.");
        (_settings, _length) = (settings, length);
    }

    /// <summary>The weight decay of a step, from 0.</summary>
    public double At(long step)
    {
        if (_settings.End is not { } end) return _settings.Start;
        long unit = _length.UnitOf(step, _settings.Unit) + (_settings.CountsFromOne ? 1 : 0);
        return _settings.Curve.Between(_settings.Start, end, unit / (double)_length.Units(_settings.Unit));
    }
}
