using System.Buffers;

namespace Fovea.Checkpoints;

/// <summary>Numbers where they lie in a mapped file: no copy, and several processes share their pages.</summary>
/// <remarks>Valid until the checkpoint is disposed, which the owner of both has to see to.</remarks>
internal sealed unsafe class MappedValues<T>(FileBytes bytes) : MemoryManager<T> where T : unmanaged
{
    public override Span<T> GetSpan() => new(bytes.Start, (int)(bytes.Length / sizeof(T)));

    public override MemoryHandle Pin(int elementIndex = 0) => new((T*)bytes.Start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
