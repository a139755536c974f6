namespace Fovea.Training.Optimization;

/// <summary>The constants of AdamW (Loshchilov and Hutter 2019, algorithm 2; Kingma and Ba 2015).</summary>
/// <param name="Beta1">How much of the mean gradient a step keeps.</param>
/// <param name="Beta2">How much of the mean squared gradient a step keeps.</param>
/// <param name="Epsilon">Added to the root of the mean square.</param>
internal sealed record AdamWSettings(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8);
