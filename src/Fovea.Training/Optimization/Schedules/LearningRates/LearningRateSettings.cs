namespace Fovea.Training.Optimization;

/// <summary>
/// The learning rate over a run: warm-up, main part, cool-down. The defaults are the reference's, which changes it once an epoch. The published method is
/// <see cref="ScheduleUnit.Step"/> with <see cref="CountsFromOne"/> and a <see cref="WarmUpStart"/> of 0.2 (Assran et al. 2023, appendix A.1: 0.1).
/// </summary>
internal sealed record LearningRateSettings
{
    /// <summary>The rate at the end of the warm-up. Default 1e-3.</summary>
    public double Base { get; init; } = 1e-3;

    /// <summary>Pictures of a step that <see cref="Base"/> is meant for: other steps scale it. Default null: it is taken as it is.</summary>
    public int? ReferenceBatch { get; init; }

    /// <summary>How it is scaled. Default in proportion.</summary>
    public BatchScaling BatchScaling { get; init; } = BatchScaling.Linear;

    /// <summary>How often the rate changes. Default once an epoch.</summary>
    public ScheduleUnit Unit { get; init; } = ScheduleUnit.Epoch;

    /// <summary>Whether the first unit counts as 1 (the authors' code), not as 0 (the reference). Default false.</summary>
    public bool CountsFromOne { get; init; }

    /// <summary>The warm-up's first rate, as a share of the base; it grows linearly. Default 0.01.</summary>
    public double WarmUpStart { get; init; } = 0.01;

    /// <summary>Epochs of warm-up; fractions where the rate changes every step. Default 0.</summary>
    public double WarmUpEpochs { get; init; }

    /// <summary>Steps of warm-up instead, where the rate changes every step. Default null.</summary>
    public int? WarmUpSteps { get; init; }

    /// <summary>The main part. Default cosine.</summary>
    public LearningRateShape Shape { get; init; } = LearningRateShape.Cosine;

    /// <summary>Cosine: the last rate. Default 1e-6.</summary>
    public double Minimum { get; init; } = 1e-6;

    /// <summary>Step: units from one fall to the next. Default 40.</summary>
    public int Every { get; init; } = 40;

    /// <summary>Multi-step: the units of the run, warm-up included, at which the rate falls. Default none.</summary>
    public IReadOnlyList<int> Milestones { get; init; } = [];

    /// <summary>Step and multi-step: what is left of the rate after a fall. Default 0.75.</summary>
    public double Factor { get; init; } = 0.75;

    /// <summary>Polynomial: its power. Default 1.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Epochs of cool-down, in which the rate falls linearly to nearly 0; fractions where the rate changes every step. Default 0.</summary>
    public double CoolDownEpochs { get; init; }

    /// <summary>Steps of cool-down instead, where the rate changes every step. Default null.</summary>
    public int? CoolDownSteps { get; init; }
}
