namespace Fovea;

/// <summary>The embedding of one picture of a source.</summary>
/// <param name="Name">The picture, as its <see cref="ImageSource"/> names it.</param>
/// <param name="Label">Its class index, where the source knows one.</param>
/// <param name="Values">[width] float32, not normalised to length 1.</param>
public sealed record ImageEmbedding(string Name, long? Label, ReadOnlyMemory<float> Values);
