using System.Buffers.Binary;

namespace Fovea.Checkpoints;

/// <summary>Little-endian numbers at checked places of a zip file.</summary>
internal readonly ref struct ZipBytes(FileBytes bytes, string path)
{
    public long Length => bytes.Length;

    public string Path { get; } = path;

    public ReadOnlySpan<byte> Span(long offset, int count) =>
        bytes.Holds(offset, count) ? bytes.Span(offset, count) : throw CheckpointThrow.BadContainer(Path, $"the zip file ends before byte {offset + count:N0}, which it points to");

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Span(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Span(offset, 4));

    public ulong UInt64(long offset) => BinaryPrimitives.ReadUInt64LittleEndian(Span(offset, 8));
}
