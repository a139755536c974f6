namespace Fovea.Training.Data;

/// <summary>What is to be found in one network's input.</summary>
/// <param name="Picture">The part of the input, from its left upper corner, that is picture; the rest is filling.</param>
/// <param name="Objects">In pixels of the input, cut at the picture's edge.</param>
internal sealed record DetectionTarget(ImageSize Picture, LabelledBox[] Objects);
