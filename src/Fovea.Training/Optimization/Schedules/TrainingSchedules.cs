namespace Fovea.Training.Optimization;

/// <summary>Learning rate, weight decay and momentum as functions of the step's number alone: a run that is resumed needs no state of them.</summary>
internal sealed class TrainingSchedules
{
    private readonly LearningRateSchedule _learningRate;
    private readonly WeightDecaySchedule _weightDecay;
    private readonly Func<long, double> _momentum;

    /// <param name="learningRate">The learning rate's settings.</param>
    /// <param name="weightDecay">The weight decay's settings.</param>
    /// <param name="momentum">The momentum's settings.</param>
    /// <param name="length">How long the run is.</param>
    /// <exception cref="ArgumentException">They do not fit together; the sentence says how.</exception>
    public TrainingSchedules(LearningRateSettings learningRate, WeightDecaySettings weightDecay, MomentumSettings momentum, RunLength length)
        : this(learningRate, weightDecay, length, new MomentumSchedule(momentum, length).At)
    {
    }

    /// <param name="learningRate">The learning rate's settings.</param>
    /// <param name="weightDecay">The weight decay's settings.</param>
    /// <param name="length">How long the run is.</param>
    /// <param name="momentum">The momentum of each step; 1 where nothing follows.</param>
    /// <exception cref="ArgumentException">They do not fit together; the sentence says how.</exception>
    public TrainingSchedules(LearningRateSettings learningRate, WeightDecaySettings weightDecay, RunLength length, Func<long, double> momentum)
    {
        _learningRate = new LearningRateSchedule(learningRate, length);
        _weightDecay = new WeightDecaySchedule(weightDecay, length);
        _momentum = momentum;
    }

    /// <summary>The numbers of a step, from 0; past the end, those of the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public ScheduleValues At(long step) => new(_learningRate.At(step), _weightDecay.At(step), _momentum(step));
}
