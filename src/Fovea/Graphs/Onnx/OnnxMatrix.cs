using System.Runtime.InteropServices;

namespace Fovea.Graphs;

/// <summary>A matrix that stands beside a graph, not in it.</summary>
/// <param name="Key">The name under which the graph knows it.</param>
/// <param name="ElementType">The number that ONNX has for its element type.</param>
/// <param name="Shape">Outermost dimension first.</param>
internal abstract record OnnxMatrix(string Key, int ElementType, TensorShape Shape)
{
    /// <summary>The numbers, row-major, as they lie in memory.</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }
}

/// <summary>The same with its numbers.</summary>
internal sealed record OnnxMatrix<T>(string Key, int ElementType, TensorShape Shape, ReadOnlyMemory<T> Values) : OnnxMatrix(Key, ElementType, Shape)
    where T : unmanaged
{
    public override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(Values.Span);
}
