namespace Fovea.Training.Optimization;

/// <summary>A parameter, its weight decay and its learning rate; the reference has one group for each.</summary>
/// <param name="Name">Its key in a checkpoint.</param>
/// <param name="DecayRatio">
/// Its weight decay divided by the main one. It holds over the whole schedule, where the reference overwrites every special value but 0 from the first epoch on.
/// </param>
/// <param name="RateScale">Its learning rate divided by the main one: <see cref="LayerDecay"/>.</param>
internal readonly record struct ParameterGroup(string Name, double DecayRatio, double RateScale = 1)
{
    /// <summary>Its weight decay while the main one is this.</summary>
    public double DecayAt(double mainDecay) => DecayRatio * mainDecay;
}
