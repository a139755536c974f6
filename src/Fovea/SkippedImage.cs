namespace Fovea;

/// <summary>A picture of a source that could not be used.</summary>
/// <param name="Name">The picture, as its <see cref="ImageSource"/> names it.</param>
/// <param name="Reason">What was wrong with it, one sentence.</param>
public sealed record SkippedImage(string Name, ImageException Reason);
