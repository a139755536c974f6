namespace Fovea;

/// <summary>One class of a picture, as probable as the network holds it to be.</summary>
/// <param name="Index">The head's output, from 0.</param>
/// <param name="Name">The class, as the model's file calls it; the index in decimal where it gives no name.</param>
/// <param name="Probability">From 0 to 1; over all classes of a picture they add up to 1.</param>
public readonly record struct ClassProbability(int Index, string Name, double Probability);
