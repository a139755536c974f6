using System.IO.Hashing;

namespace Fovea.Checkpoints;

/// <summary>The bytes that one or more tensors lie over: a part of a mapped file, with its checksum and byte order.</summary>
/// <remarks>Tied weights are tensors over one and the same storage. Safe to use from many threads.</remarks>
internal sealed class TensorStorage(MappedFile file, string name, long length)
{
    private volatile bool _isVerified;

    /// <summary>The mapped file that the bytes are in.</summary>
    public MappedFile File { get; } = file;

    /// <summary>What error messages call it: the record of a zip file, the key of a legacy one.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes.</summary>
    public long Length { get; } = length;

    /// <summary>Where the bytes begin in the file. A legacy file tells only after its tensors are known; until then it is -1.</summary>
    public long Offset { get; set; } = -1;

    /// <summary>The CRC-32 that the bytes must have, or null when the container keeps none.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Size of the units whose bytes are stored in reverse (a big-endian file), or 1 when nothing is to be swapped.</summary>
    public int SwappedUnit { get; init; } = 1;

    /// <summary>The bytes, checked against their checksum the first time.</summary>
    /// <exception cref="CheckpointException">The bytes are not those that were written.</exception>
    public FileBytes Read(MappedFile.Lease lease)
    {
        FileBytes bytes = lease.Bytes.Slice(Offset, Length);
        if (!_isVerified && Checksum is uint expected)
        {
            uint found = Crc(bytes);
            if (found != expected) throw CheckpointThrow.WrongChecksum(File.Path, Name, found, expected);
        }
        _isVerified = true;
        return bytes;
    }

    private static uint Crc(FileBytes bytes)
    {
        const int Piece = 1 << 30;                                            // a span ends at 2 GB, a storage does not
        Crc32 crc = new();
        for (long offset = 0; offset < bytes.Length; offset += Piece)
        {
            crc.Append(bytes.Span(offset, (int)long.Min(Piece, bytes.Length - offset)));
        }
        return crc.GetCurrentHashAsUInt32();
    }
}
