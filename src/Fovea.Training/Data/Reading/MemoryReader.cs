using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>The encoded pictures of a compressed archive in memory: it can only be read from its start, and pictures are wanted in any order.</summary>
internal sealed class MemoryReader : IShardReader
{
    private readonly ArchiveShard _shard;
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private MemoryReader(ArchiveShard shard, byte[] bytes, int[] starts)
    {
        _shard = shard;
        _bytes = bytes;
        _starts = starts;
    }

    /// <summary>Unpacks an archive once and keeps its pictures.</summary>
    /// <exception cref="ImageException">The archive is damaged, or another one by now.</exception>
    public static MemoryReader Load(ArchiveShard shard, CancellationToken cancellation)
    {
        using Stream stream = ArchiveStream.OpenWhole(shard.Location.Path);
        try
        {
            return Load(shard, stream, cancellation);
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(shard.Location.Path, failure);
        }
    }

    public EncodedBytes Read(int index) => _shard.Lengths[index] > 0
        ? EncodedBytes.Of(_bytes.AsMemory(_starts[index], _shard.Lengths[index]))
        : throw ImageThrow.Empty(_shard.NameOf(index));

    public void Dispose()
    {
    }

    // Samples stand in the order of the archive, so one pass finds them all.
    private static MemoryReader Load(ArchiveShard shard, Stream stream, CancellationToken cancellation)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)shard.PictureBytes));
        int[] starts = new int[shard.Count];
        byte[] passed = new byte[1 << 14];
        long position = 0;
        int filled = 0;
        for (int index = 0; index < shard.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            starts[index] = filled;
            MemberPlace place = shard.PlaceOf(index);
            if (place.Length == 0) continue;
            if (place.Offset < position) throw new InvalidDataException("its pictures are not where they were");
            while (position < place.Offset)
            {
                int part = (int)Math.Min(passed.Length, place.Offset - position);
                stream.ReadExactly(passed, 0, part);
                position += part;
            }
            stream.ReadExactly(bytes, filled, place.Length);
            position += place.Length;
            filled += place.Length;
        }
        return new(shard, bytes, starts);
    }
}
