namespace Fovea.Training.Optimization;

/// <summary>The scheduled numbers of one step.</summary>
/// <param name="LearningRate">Of all parameters.</param>
/// <param name="WeightDecay">The main one.</param>
/// <param name="Momentum">Of the target encoder.</param>
internal readonly record struct ScheduleValues(double LearningRate, double WeightDecay, double Momentum);
