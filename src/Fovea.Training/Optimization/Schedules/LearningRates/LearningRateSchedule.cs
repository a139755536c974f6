namespace Fovea.Training.Optimization;

/// <summary>The learning rate of each step, in closed form; the reference computes the same recursively (2e-14 apart).</summary>
internal sealed class LearningRateSchedule
{
    private const double CoolDownEnd = 1e-8;

    private readonly LearningRateSettings _settings;
    private readonly RunLength _length;
    private readonly double _base;
    private readonly long _origin, _warmUp, _main, _coolDown;

    /// <param name="settings">How the rate goes.</param>
    /// <param name="length">How long.</param>
    /// <exception cref="ArgumentException">They do not fit together; the sentence says how.</exception>
    public LearningRateSchedule(LearningRateSettings settings, RunLength length)
    {
        (_settings, _length) = (settings, length);
        CheckNumbers(settings);
        _base = settings.Base * Scaling(settings, length);
        _origin = settings.CountsFromOne ? 1 : 0;
        _warmUp = Units("warm-up", settings.WarmUpEpochs, settings.WarmUpSteps);
        _coolDown = Units("cool-down", settings.CoolDownEpochs, settings.CoolDownSteps);
        _main = length.Units(settings.Unit) - 1 + _origin - _warmUp - _coolDown;
        long least = settings.Shape is LearningRateShape.Cosine or LearningRateShape.Polynomial ? 1 : 0;
        string units = settings.Unit == ScheduleUnit.Epoch ? "epochs" : "steps";
        ScheduleRules.Require(_main >= least,
            $"a run of {length.Units(settings.Unit)} {units} with {_warmUp} {units} of warm-up and {_coolDown} of cool-down leaves the learning rate no {units} to fall in; it needs {_warmUp + _coolDown + least + 1 - _origin} or more: train longer, warm up less, or change the rate every step.");
    }

    /// <summary>The rate of a step, from 0; past the end, that of the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double At(long step)
    {
        long unit = _length.UnitOf(step, _settings.Unit) + _origin;
        if (unit < _warmUp) return _base * (_settings.WarmUpStart + (1 - _settings.WarmUpStart) * unit / _warmUp);
        long cooled = unit - _warmUp - _main;
        if (cooled <= 0) return Main(unit - _warmUp);
        // In this order, as in the reference: the last difference is 1e-8 with only eight digits, and another order gives others.
        return Main(_main) * (1 - (1 - CoolDownEnd) * (cooled / (double)_coolDown));
    }

    private double Main(long unit) => _settings.Shape switch
    {
        LearningRateShape.Constant => _base,
        LearningRateShape.Step => _base * Math.Pow(_settings.Factor, unit / _settings.Every),
        LearningRateShape.MultiStep => _base * Math.Pow(_settings.Factor, _settings.Milestones.Count(milestone => milestone <= unit + _warmUp)),
        LearningRateShape.Polynomial => _base * Math.Pow(1 - unit / (double)_main, _settings.Power),
        LearningRateShape.ReciprocalSquareRoot => _base / Math.Sqrt(1 + unit),
        _ => Curve.Cosine.Between(_base, _settings.Minimum, unit / (double)_main),
    };

    private long Units(string what, double epochs, int? steps)
    {
        ScheduleRules.Require(double.IsFinite(epochs) && epochs >= 0 && steps is null or >= 0, $"the {what} takes {epochs} epochs or {steps} steps; it takes 0 or more.");
        if (steps is { } given)
        {
            ScheduleRules.Require(epochs == 0, $"the {what} is given as {epochs} epochs and as {given} steps; give one of them.");
            ScheduleRules.Require(_settings.Unit == ScheduleUnit.Step, $"the {what} is given in steps and the learning rate changes once an epoch; give it in epochs, or let the rate change every step.");
            return given;
        }
        if (_settings.Unit == ScheduleUnit.Step) return (long)(epochs * _length.StepsPerEpoch);
        ScheduleRules.Require(double.IsInteger(epochs), $"the {what} takes {epochs} epochs and the learning rate changes once an epoch; give whole epochs, or let the rate change every step.");
        return (long)epochs;
    }

    private static double Scaling(LearningRateSettings settings, RunLength length)
    {
        if (settings.ReferenceBatch is not { } reference) return 1;
        ScheduleRules.Require(reference >= 1, $"the learning rate is meant for steps of {reference} pictures; that takes 1 or more.");
        double ratio = length.PicturesPerStep / (double)reference;
        return settings.BatchScaling == BatchScaling.Linear ? ratio : Math.Sqrt(ratio);
    }

    private static void CheckNumbers(LearningRateSettings settings)
    {
        ScheduleRules.Require(double.IsFinite(settings.Base) && settings.Base > 0, $"the learning rate is {settings.Base}; it is above 0.");
        ScheduleRules.Require(double.IsFinite(settings.Minimum) && settings.Minimum >= 0, $"the last learning rate is {settings.Minimum}; it is 0 or more.");
        ScheduleRules.Require(settings.WarmUpStart is >= 0 and <= 1, $"the warm-up starts at {settings.WarmUpStart} of the learning rate; it is a share from 0 to 1.");
        ScheduleRules.Require(settings.Every >= 1, $"the learning rate falls every {settings.Every} units; it takes 1 or more.");
        ScheduleRules.Require(double.IsFinite(settings.Factor) && settings.Factor > 0, $"a fall leaves {settings.Factor} of the learning rate; it is above 0.");
        ScheduleRules.Require(double.IsFinite(settings.Power) && settings.Power > 0, $"the power of the learning rate is {settings.Power}; it is above 0.");
    }
}
