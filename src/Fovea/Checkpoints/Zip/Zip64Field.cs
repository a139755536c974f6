namespace Fovea.Checkpoints;

/// <summary>The extra field 0x0001 of a directory entry: 64-bit values, in order, for the fields that are all ones.</summary>
internal ref struct Zip64Field
{
    private long _position;
    private long _end;

    public static Zip64Field Find(ZipBytes bytes, long extra, int length)
    {
        long end = extra + length;
        for (long position = extra; end - position >= 4; position += 4 + bytes.UInt16(position + 2))
        {
            long fieldEnd = position + 4 + bytes.UInt16(position + 2);
            if (fieldEnd > end) throw CheckpointThrow.BadContainer(bytes.Path, "an extra field reaches beyond its entry");
            if (bytes.UInt16(position) == 1) return new() { _position = position + 4, _end = fieldEnd };
        }
        return default;
    }

    public ulong NextUInt64(ZipBytes bytes)
    {
        Take(bytes, 8);
        return bytes.UInt64(_position - 8);
    }

    public uint NextUInt32(ZipBytes bytes)
    {
        Take(bytes, 4);
        return bytes.UInt32(_position - 4);
    }

    private void Take(ZipBytes bytes, int count)
    {
        if (_end - _position < count) throw CheckpointThrow.BadContainer(bytes.Path, "a 64-bit size is missing");
        _position += count;
    }
}
