namespace Fovea;

/// <summary>The classes of one picture of a source.</summary>
/// <param name="Name">The picture, as its <see cref="ImageSource"/> names it.</param>
/// <param name="Label">Its true class index, where the source knows one.</param>
/// <param name="Classes">All classes, the most probable first; of equal ones the lower index.</param>
public sealed record ImageClassification(string Name, long? Label, IReadOnlyList<ClassProbability> Classes);
