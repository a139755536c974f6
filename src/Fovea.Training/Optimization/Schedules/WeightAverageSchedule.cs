namespace Fovea.Training.Optimization;

/// <summary>
/// What the average of the weights keeps of itself in each step, as the reference has it: 1 in steps without an update, 0 in the first update and those of the
/// warm-up, else `1 - min(1, (1 - decay) * batch * every / epochs)`, in which accumulation does not count.
/// </summary>
internal sealed class WeightAverageSchedule
{
    private readonly WeightAverageSettings _settings;
    private readonly long _warmUp;

    /// <param name="settings">How the average moves; its decay is given.</param>
    /// <param name="learningRate">Whose warm-up counts where the average has none of its own.</param>
    /// <param name="length">How long the run is.</param>
    /// <exception cref="ArgumentException">A number is outside of its range.</exception>
    public WeightAverageSchedule(WeightAverageSettings settings, LearningRateSettings learningRate, RunLength length)
    {
        ScheduleRules.Require(settings.Decay is >= 0 and <= 1, $"the decay of the average is {settings.Decay}; it is a share from 0 to 1.");
        ScheduleRules.Require(settings.Every >= 1, $"the average moves every {settings.Every} steps; it takes 1 or more.");
        _settings = settings;
        _warmUp = settings.WarmUpSteps ?? learningRate.WarmUpSteps ?? (long)(learningRate.WarmUpEpochs * length.StepsPerEpoch);
        int batch = length.PicturesPerStep / length.BatchesPerStep;
        Kept = 1 - Math.Min(1, (1 - settings.Decay!.Value) * batch * settings.Every / length.Epochs);
    }

    /// <summary>What an update keeps after the warm-up.</summary>
    public double Kept { get; }

    /// <summary>What is kept in a step, from 0.</summary>
    public double At(long step)
    {
        long made = step + 1;
        if (made % _settings.Every != 0) return 1;
        return made == _settings.Every || made <= _warmUp ? 0 : Kept;
    }
}
