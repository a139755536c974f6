using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Fovea.Training.Data;

/// <summary>
/// The samples of an archive as a file, little-endian: `FVSHARD1`; XxHash3 of all that follows; the archive's path, name and stamp; whether it is compressed; the number of samples;
/// blocks, lengths; whether there are labels, and these; names as <see cref="NameTable"/> has them behind their length; refusals. Texts are UTF-8 behind
/// their length, as BinaryWriter writes them.
/// </summary>
internal static class ShardFile
{
    private const int HashBytes = sizeof(ulong);
    private const int FewestBytesEach = sizeof(uint) + sizeof(int);

    private static ReadOnlySpan<byte> Magic => "FVSHARD1"u8;

    /// <summary>The file of a shard.</summary>
    /// <param name="shard">What is kept.</param>
    /// <param name="stamp">The archive as it was when it was scanned.</param>
    public static byte[] Write(ArchiveShard shard, string stamp)
    {
        using MemoryStream file = new();
        using BinaryWriter writer = new(file, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(0UL);
        writer.Write(shard.Location.Path);
        writer.Write(shard.Location.Name);
        writer.Write(stamp);
        writer.Write(shard.IsCompressed);
        writer.Write(shard.Count);
        writer.Write(MemoryMarshal.AsBytes(shard.Blocks));
        writer.Write(MemoryMarshal.AsBytes(shard.Lengths));
        writer.Write(shard.Columns.Labels.Length > 0);
        writer.Write(MemoryMarshal.AsBytes<int>(shard.Columns.Labels));
        writer.Write(shard.Columns.Names.Bytes.Length);
        writer.Write(shard.Columns.Names.Bytes);
        writer.Write(shard.Columns.Refusals.Count);
        foreach ((int index, string reason) in shard.Columns.Refusals)
        {
            writer.Write(index);
            writer.Write(reason);
        }
        byte[] bytes = file.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(Magic.Length), Hash(bytes));
        return bytes;
    }

    /// <summary>The shard of a file; null when that is damaged, or of another archive or an older state of it.</summary>
    public static ArchiveShard? Read(byte[] bytes, ArchiveLocation location, string stamp)
    {
        if (!bytes.AsSpan().StartsWith(Magic) || bytes.Length < Magic.Length + HashBytes || BitConverter.ToUInt64(bytes, Magic.Length) != Hash(bytes)) return null;
        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes), Encoding.UTF8);
            reader.BaseStream.Position = Magic.Length + HashBytes;
            return reader.ReadString() == location.Path && reader.ReadString() == location.Name && reader.ReadString() == stamp ? Read(reader, location) : null;
        }
        catch (Exception failure) when (failure is IOException or FormatException or ArgumentException)
        {
            return null;                                                          // the hash fits and the content does not: written by something else
        }
    }

    private static ArchiveShard? Read(BinaryReader reader, ArchiveLocation location)
    {
        bool isCompressed = reader.ReadBoolean();
        int count = reader.ReadInt32();
        if (count < 0 || count > Left(reader) / FewestBytesEach) return null;
        uint[] blocks = ReadArray<uint>(reader, count);
        int[] lengths = ReadArray<int>(reader, count), labels = reader.ReadBoolean() ? ReadArray<int>(reader, count) : [];
        int nameBytes = reader.ReadInt32();
        if (nameBytes < 0 || nameBytes > Left(reader) || NameTable.Read(count, reader.ReadBytes(nameBytes)) is not { } names) return null;
        Dictionary<int, string> refusals = [];
        for (int left = reader.ReadInt32(); left > 0; left--) refusals[reader.ReadInt32()] = reader.ReadString();
        return Left(reader) > 0 || lengths.Any(length => length < 0) ? null : new(location, isCompressed, new(names, labels, refusals), blocks, lengths);
    }

    private static T[] ReadArray<T>(BinaryReader reader, int count) where T : unmanaged
    {
        if (count > Left(reader) / Marshal.SizeOf<T>()) throw new EndOfStreamException();
        T[] values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;

    private static ulong Hash(byte[] file) => XxHash3.HashToUInt64(file.AsSpan(Magic.Length + HashBytes));
}
