namespace Fovea.Tasks;

/// <summary>A box with a class and how sure of it a detector is.</summary>
/// <param name="Class">The class index, from 0.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">In pixels.</param>
internal readonly record struct ScoredBox(int Class, double Score, BoundingBox Box);
