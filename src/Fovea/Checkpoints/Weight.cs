namespace Fovea.Checkpoints;

/// <summary>The numbers of one parameter, row-major float32: a view of a mapped file where that has them so, else memory of our own.</summary>
internal readonly record struct Weight(TensorShape Shape, ReadOnlyMemory<float> Values);
