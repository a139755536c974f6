namespace Fovea.Training.Evaluation;

/// <summary>Two clusters that become one.</summary>
/// <param name="First">The lower number: a point, or points + the place of an earlier merge.</param>
/// <param name="Second">The higher number.</param>
/// <param name="Height">How far apart they were: sqrt(2 na nb / (na + nb)) times the distance of their means.</param>
/// <param name="Size">Points of both.</param>
internal sealed record WardMerge(int First, int Second, double Height, int Size);
