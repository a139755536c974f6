namespace Fovea.Training.Runs.Health;

/// <summary>
/// Where a figure becomes a warning. The values are ours, not a paper's: each lies far outside of what healthy runs of I-JEPA show, since a warning that comes
/// without need is soon overlooked. `docs/training-health.md` explains every one.
/// </summary>
internal sealed record HealthThresholds
{
    /// <summary>The part of the run in which the representation may look bad: it usually dips before it rises. Or the warm-up, or <see cref="EarlySteps"/>, whichever is longest.</summary>
    public double EarlyShare { get; init; } = 0.1;

    /// <summary>The steps in which it may look bad, however short the run is.</summary>
    public long EarlySteps { get; init; } = 600;

    /// <summary>How many readings in a row must be bad; one may be chance.</summary>
    public int Readings { get; init; } = 3;

    /// <summary>A figure that has risen by this factor above its lowest of these readings is recovering, and no warning is given.</summary>
    public double Recovery { get; init; } = 1.1;

    /// <summary>Least variance of the targets; an untrained encoder has about 0.9.</summary>
    public double TargetVariance { get; init; } = 0.1;

    /// <summary>Least part of its first reading that the loss of a constant prediction keeps.</summary>
    public double ConstantLossKept { get; init; } = 0.5;

    /// <summary>Most mean cosine between targets; an untrained encoder has about 0.1 between pictures and 0.45 between positions.</summary>
    public double TargetCosine { get; init; } = 0.95;

    /// <summary>Least part of the untrained encoder's effective rank that is kept.</summary>
    public double RankKept { get; init; } = 0.5;

    /// <summary>How far the effective rank may fall over the readings while the loss falls too.</summary>
    public double RankFall { get; init; } = 0.3;

    /// <summary>How far the loss must have fallen for that comparison.</summary>
    public double LossFall { get; init; } = 0.1;

    /// <summary>A loss below this part of a constant prediction's is too good to be true.</summary>
    public double LossRatioLow { get; init; } = 0.05;

    /// <summary>A loss above this part of a constant prediction's predicts nothing.</summary>
    public double LossRatioHigh { get; init; } = 0.98;

    /// <summary>How many times its usual size a gradient norm may have.</summary>
    public double GradientJump { get; init; } = 10;

    /// <summary>How many earlier readings make what is usual (their median); fewer than half of them, and no jump is seen.</summary>
    public int GradientWindow { get; init; } = 50;

    /// <summary>Least relative distance of the two encoders while the momentum says that they should differ.</summary>
    public double EncoderDistance { get; init; } = 1e-7;

    /// <summary>Least momentum at which the encoders should differ.</summary>
    public double DistantMomentum { get; init; } = 0.9;

    /// <summary>From which part of the run on an encoder should be better than an untrained one.</summary>
    public double LearnedBy { get; init; } = 0.5;

    /// <summary>Most share of the time that may go by waiting for pictures.</summary>
    public double WaitShare { get; init; } = 0.3;

    /// <summary>How many readings in a row the wait must last: the first one holds the start of the workers.</summary>
    public int WaitReadings { get; init; } = 5;
}
