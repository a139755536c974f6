namespace Fovea.Checkpoints;

/// <summary>What a safetensors header says: tensors in its own order, and the string map.</summary>
internal sealed record SafetensorsHeader(List<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One tensor of a header; begin and end count from the end of the header.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">First byte.</param>
/// <param name="End">Byte after the last.</param>
/// <param name="ByteCount">Bytes that type and shape need.</param>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, TensorShape Shape, ulong Begin, ulong End, ulong ByteCount);
