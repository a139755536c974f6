namespace Fovea;

/// <summary>The objects that were found in one picture.</summary>
/// <param name="Name">The picture's name: its path relative to the source, or `archive/key`.</param>
/// <param name="Size">The picture's size, as its file stores it.</param>
/// <param name="Objects">Best first.</param>
public sealed record ImageDetections(string Name, ImageSize Size, IReadOnlyList<DetectedObject> Objects);
