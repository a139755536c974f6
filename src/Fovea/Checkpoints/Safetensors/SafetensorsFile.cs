using System.Buffers.Binary;

namespace Fovea.Checkpoints;

/// <summary>A safetensors file: the length of a JSON header, the header, the bytes of all tensors without a gap.</summary>
internal static class SafetensorsFile
{
    /// <summary>The key of the string map, which no tensor may have.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Bytes of the header, as the reference's crate has it.</summary>
    public const int LargestHeader = 100_000_000;

    public static (IReadOnlyList<CheckpointTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(MappedFile file, FileBytes bytes)
    {
        if (bytes.Length < sizeof(ulong)) throw Bad(file, "it is shorter than the length of its header");
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span(0, sizeof(ulong)));
        if (headerLength > LargestHeader) throw Bad(file, $"its header would have {headerLength:N0} bytes, more than {LargestHeader:N0}");
        if (!bytes.Holds(sizeof(ulong), (long)headerLength)) throw Bad(file, $"its header would have {headerLength:N0} bytes, more than the file");
        SafetensorsHeader header = new SafetensorsHeaderReader(bytes.Span(sizeof(ulong), (int)headerLength), file.Path).Read();
        long dataStart = sizeof(ulong) + (long)headerLength;
        long end = CheckLayout(file, header.Entries, bytes.Length - dataStart);
        if (end != bytes.Length - dataStart) throw Bad(file, $"its tensors fill {end:N0} bytes of {bytes.Length - dataStart:N0}");
        return ([.. header.Entries.Select(entry => Tensor(file, entry, dataStart))], header.Metadata);
    }

    private static long CheckLayout(MappedFile file, List<SafetensorsEntry> entries, long available)
    {
        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        ulong position = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != position) throw Bad(file, $"tensor '{entry.Name}' begins at byte {entry.Begin:N0} instead of {position:N0}");
            if (entry.End < entry.Begin || entry.End > (ulong)available) throw Bad(file, $"tensor '{entry.Name}' ends at byte {entry.End:N0}, outside of the file");
            if (entry.End - entry.Begin != entry.ByteCount) throw Bad(file, $"tensor '{entry.Name}' has {entry.End - entry.Begin:N0} bytes instead of {entry.ByteCount:N0}");
            position = entry.End;
        }
        return (long)position;
    }

    private static CheckpointTensor Tensor(MappedFile file, SafetensorsEntry entry, long dataStart)
    {
        TensorStorage storage = new(file, entry.Name, (long)entry.ByteCount) { Offset = dataStart + (long)entry.Begin };
        return new CheckpointTensor(entry.Name, TensorView.Dense(storage, entry.Type, entry.Shape), file.Path);
    }

    private static CheckpointException Bad(MappedFile file, string what) => CheckpointThrow.BadHeader(file.Path, what);
}
