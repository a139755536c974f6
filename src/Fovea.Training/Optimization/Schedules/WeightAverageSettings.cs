namespace Fovea.Training.Optimization;

/// <summary>A moving average of the weights, which is what is measured and serves. The defaults are the reference's, except that it is off.</summary>
internal sealed record WeightAverageSettings
{
    /// <summary>What the average keeps, for one epoch of one picture a batch (the reference: 0.9999); <see cref="WeightAverageSchedule"/> says what it comes to. Default null: no average.</summary>
    public double? Decay { get; init; }

    /// <summary>Optimiser steps from one update to the next. Default 32.</summary>
    public int Every { get; init; } = 32;

    /// <summary>Steps in which an update copies the weights. Default null: those in which the learning rate warms up.</summary>
    public int? WarmUpSteps { get; init; }
}
