namespace Fovea.Images;

/// <summary>A file that a walk found, or a folder that it could not read.</summary>
/// <param name="Name">The path below the walk's root, `/`-separated; a folder's ends with `/`.</param>
/// <param name="Failure">Why the folder could not be read; null for a file.</param>
internal readonly record struct FoundFile(string Name, ImageException? Failure = null);
