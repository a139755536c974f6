using System.Text;
using System.Text.Unicode;

namespace Fovea.Checkpoints;

/// <summary>The records of a zip file as PyTorch writes it: stored, not compressed, below one root folder. Everything else is refused.</summary>
/// <remarks>Layout: PKWARE's APPNOTE 4.3, zip64 included. Every offset is compared with the file before it is used.</remarks>
internal static class ZipDirectory
{
    private const uint EntrySignature = 0x02014B50;
    private const uint HeaderSignature = 0x04034B50;
    private const int EntrySize = 46;
    private const int HeaderSize = 30;
    private const int LongestName = 1024;
    private const int HasDescriptor = 1 << 3;
    private const int Encrypted = 1 << 0 | 1 << 6 | 1 << 13;

    /// <summary>All records, by name without the root folder.</summary>
    /// <exception cref="CheckpointException">The structure is damaged, or something that PyTorch never writes.</exception>
    public static Dictionary<string, ZipRecord> Read(ZipBytes bytes)
    {
        ZipEnd end = ZipEnd.Read(bytes);
        List<ZipRecord> records = [];
        List<(bool IsStored, bool IsPlain)> ways = [];
        HashSet<string> names = [];
        string? root = null;
        long position = end.DirectoryOffset;
        for (long index = 0; index < end.Entries; index++)
        {
            if (end.DirectoryEnd - position < EntrySize || bytes.UInt32(position) != EntrySignature) throw Bad(bytes, "an entry of its directory is missing");
            int nameLength = bytes.UInt16(position + 28), extraLength = bytes.UInt16(position + 30), commentLength = bytes.UInt16(position + 32);
            long next = position + EntrySize + nameLength + extraLength + commentLength;
            if (next > end.DirectoryEnd) throw Bad(bytes, "an entry of its directory reaches beyond it");
            string name = Name(bytes, position + EntrySize, nameLength);
            if (!names.Add(name)) throw Bad(bytes, $"the record '{name}' comes twice");
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) throw Bad(bytes, $"the record '{name}' is in no folder");
            root ??= name[..slash];
            if (slash != root.Length || !name.StartsWith(root, StringComparison.Ordinal)) throw Bad(bytes, $"the record '{name}' is outside of the folder '{root}'");
            records.Add(Entry(bytes, position, name[(slash + 1)..], position + EntrySize + nameLength, extraLength));
            ways.Add((bytes.UInt16(position + 10) == 0, (bytes.UInt16(position + 8) & Encrypted) == 0));
            position = next;
        }
        if (position != end.DirectoryEnd) throw Bad(bytes, "its directory holds more than its entries");
        RefuseOtherKinds(bytes, records);
        for (int index = 0; index < records.Count; index++)
        {
            if (!ways[index].IsPlain) throw Bad(bytes, $"the record '{records[index].Name}' is encrypted");
            if (!ways[index].IsStored) throw Bad(bytes, $"the record '{records[index].Name}' is compressed");
            records[index] = Locate(bytes, records[index], $"{root}/{records[index].Name}", end.DirectoryOffset);
        }
        CheckLayout(bytes, records);
        return records.ToDictionary(record => record.Name, StringComparer.Ordinal);
    }

    private static string Name(ZipBytes bytes, long offset, int length)
    {
        if (length is 0 or > LongestName) throw Bad(bytes, $"a record has a name of {length} bytes");
        ReadOnlySpan<byte> encoded = bytes.Span(offset, length);
        if (!Utf8.IsValid(encoded)) throw Bad(bytes, "the name of a record is not valid UTF-8");
        string name = Encoding.UTF8.GetString(encoded);
        bool isUnsafe = name.Contains('\\', StringComparison.Ordinal) || name.Any(letter => letter < 32 || letter == 127) || (name.Length > 1 && name[1] == ':');
        if (isUnsafe || name.Split('/').Any(segment => segment is "" or "." or "..")) throw Bad(bytes, "the name of a record is no plain relative path");
        return name;
    }

    private static ZipRecord Entry(ZipBytes bytes, long position, string name, long extra, int extraLength)
    {
        ulong compressed = bytes.UInt32(position + 20), size = bytes.UInt32(position + 24), header = bytes.UInt32(position + 42);
        uint disk = bytes.UInt16(position + 34);
        Zip64Field field = Zip64Field.Find(bytes, extra, extraLength);
        if (size == uint.MaxValue) size = field.NextUInt64(bytes);
        if (compressed == uint.MaxValue) compressed = field.NextUInt64(bytes);
        if (header == uint.MaxValue) header = field.NextUInt64(bytes);
        if (disk == ushort.MaxValue) disk = field.NextUInt32(bytes);
        if (disk != 0) throw Bad(bytes, "it is one part of several");
        if (size > long.MaxValue || header > long.MaxValue) throw Bad(bytes, $"the record '{name}' has an impossible size");
        // A compressed record may differ in size: that it is compressed is the better message, and comes later.
        bool isStored = bytes.UInt16(position + 10) == 0;
        if (isStored && compressed != size) throw Bad(bytes, $"the record '{name}' is stored but has two sizes");
        return new ZipRecord(name, (long)header, Start: 0, (long)size, bytes.UInt32(position + 16));
    }

    private static void RefuseOtherKinds(ZipBytes bytes, List<ZipRecord> records)
    {
        if (records.Any(record => record.Name is "constants.pkl" or "bytecode.pkl" || record.Name.StartsWith("code/", StringComparison.Ordinal)))
        {
            throw CheckpointThrow.NotACheckpoint(bytes.Path, "a TorchScript program");
        }
        if (!records.Exists(record => record.Name == "data.pkl") && records.Exists(record => record.Name == "archive_format"))
        {
            throw CheckpointThrow.NotACheckpoint(bytes.Path, "an exported program (.pt2)");
        }
    }

    /// <summary>Where the bytes of a record begin, told by its local header, which must agree with the directory.</summary>
    private static ZipRecord Locate(ZipBytes bytes, ZipRecord record, string fullName, long dataEnd)
    {
        if (record.Header > dataEnd - HeaderSize || bytes.UInt32(record.Header) != HeaderSignature) throw Bad(bytes, $"the record '{record.Name}' has no header");
        int flags = bytes.UInt16(record.Header + 6), nameLength = bytes.UInt16(record.Header + 26), extraLength = bytes.UInt16(record.Header + 28);
        if (bytes.UInt16(record.Header + 8) != 0 || (flags & Encrypted) != 0) throw Bad(bytes, $"the header of '{record.Name}' says compressed or encrypted");
        long start = record.Header + HeaderSize + nameLength + extraLength;
        if (start > dataEnd || record.Length > dataEnd - start) throw Bad(bytes, $"the record '{record.Name}' reaches beyond the data");
        if (!bytes.Span(record.Header + HeaderSize, nameLength).SequenceEqual(Encoding.UTF8.GetBytes(fullName))) throw Bad(bytes, $"the record '{record.Name}' has two names");
        bool mayBeZero = (flags & HasDescriptor) != 0;
        bool sizesAgree = Agrees(bytes.UInt32(record.Header + 18), record.Length, mayBeZero) && Agrees(bytes.UInt32(record.Header + 22), record.Length, mayBeZero);
        uint checksum = bytes.UInt32(record.Header + 14);
        if (!sizesAgree || !(checksum == record.Checksum || (mayBeZero && checksum == 0))) throw Bad(bytes, $"header and directory disagree about '{record.Name}'");
        return record with { Start = start };
    }

    private static bool Agrees(uint local, long size, bool mayBeZero) => local == size || local == uint.MaxValue || (mayBeZero && local == 0);

    private static void CheckLayout(ZipBytes bytes, List<ZipRecord> records)
    {
        long end = 0;
        foreach (ZipRecord record in records.OrderBy(record => record.Header))
        {
            if (end == 0 && record.Header != 0) throw Bad(bytes, "something stands before its first record");
            if (record.Header < end) throw Bad(bytes, $"the record '{record.Name}' overlaps another");
            end = record.Start + record.Length;
        }
    }

    private static CheckpointException Bad(ZipBytes bytes, string what) => CheckpointThrow.BadContainer(bytes.Path, what);
}
