namespace Fovea;

/// <summary>One object in a picture, as sure as the detector is of it.</summary>
/// <param name="ClassIndex">The class, from 0.</param>
/// <param name="ClassName">The class, as the detector's file calls it.</param>
/// <param name="Score">From 0 to 1; no probability.</param>
/// <param name="Box">In pixels of the picture as its file stores it, whatever its EXIF orientation says.</param>
public readonly record struct DetectedObject(int ClassIndex, string ClassName, double Score, BoundingBox Box);
