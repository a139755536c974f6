namespace Fovea.Training.Optimization;

/// <summary>Learning rate, weight decay and momentum as functions of the step's number alone: a run that is resumed needs no state of them.</summary>
/// <param name="learningRate">The learning rate's settings.</param>
/// <param name="weightDecay">The weight decay's settings.</param>
/// <param name="momentum">The momentum's settings.</param>
/// <param name="length">How long the run is.</param>
/// <exception cref="ArgumentException">They do not fit together; the sentence says how.</exception>
internal sealed class TrainingSchedules(LearningRateSettings learningRate, WeightDecaySettings weightDecay, MomentumSettings momentum, RunLength length)
{
    private readonly LearningRateSchedule _learningRate = new(learningRate, length);
    private readonly WeightDecaySchedule _weightDecay = new(weightDecay, length);
    private readonly MomentumSchedule _momentum = new(momentum, length);

    /// <summary>The numbers of a step, from 0; past the end, those of the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public ScheduleValues At(long step) => new(_learningRate.At(step), _weightDecay.At(step), _momentum.At(step));
}
