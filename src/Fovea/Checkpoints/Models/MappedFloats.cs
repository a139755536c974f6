using System.Buffers;

namespace Fovea.Checkpoints;

/// <summary>Float32 numbers where they lie in a mapped file: no copy, and several processes share their pages.</summary>
/// <remarks>Valid until the checkpoint is disposed, which the owner of both has to see to.</remarks>
internal sealed unsafe class MappedFloats(FileBytes bytes) : MemoryManager<float>
{
    /// <summary>The tensor's numbers as they lie in the file if that has them as dense, aligned float32, else as float32 in memory.</summary>
    /// <exception cref="CheckpointException">The type has no float32 values, or the bytes are damaged.</exception>
    public static Weight WeightOf(CheckpointTensor tensor)
    {
        bool isMapped = tensor.ElementType == ElementType.Float32 && tensor.View.ElementCount is > 0 and <= int.MaxValue;
        return isMapped && tensor.View.TryMap(out FileBytes bytes) && (nuint)bytes.Start % sizeof(float) == 0
            ? new Weight(tensor.Shape, new MappedFloats(bytes).Memory)
            : new Weight(tensor.Shape, tensor.ReadFloats());
    }

    public override Span<float> GetSpan() => new(bytes.Start, (int)(bytes.Length / sizeof(float)));

    public override MemoryHandle Pin(int elementIndex = 0) => new((float*)bytes.Start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
