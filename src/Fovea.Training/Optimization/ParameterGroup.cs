namespace Fovea.Training.Optimization;

/// <summary>A parameter and its weight decay; the reference has one group for each.</summary>
/// <param name="Name">Its key in a checkpoint.</param>
/// <param name="DecayRatio">
/// Its weight decay divided by the main one. It holds over the whole schedule, where the reference overwrites every special value but 0 from the first epoch on.
/// </param>
internal readonly record struct ParameterGroup(string Name, double DecayRatio)
{
    /// <summary>Its weight decay while the main one is this.</summary>
    public double DecayAt(double mainDecay) => DecayRatio * mainDecay;
}
