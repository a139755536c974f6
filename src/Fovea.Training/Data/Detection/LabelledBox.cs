namespace Fovea.Training.Data;

/// <summary>An object of a picture, as training sees it.</summary>
/// <param name="Class">The class index.</param>
/// <param name="Box">In pixels of the picture.</param>
/// <param name="IsRegion">Nothing to find, and no background either: a crowd, a difficult or an ignored object.</param>
internal readonly record struct LabelledBox(int Class, BoundingBox Box, bool IsRegion);
