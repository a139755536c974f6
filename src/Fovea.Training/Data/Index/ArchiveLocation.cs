namespace Fovea.Training.Data;

/// <summary>An archive on disk.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What its pictures carry in front of their names.</param>
internal readonly record struct ArchiveLocation(string Path, string Name);
