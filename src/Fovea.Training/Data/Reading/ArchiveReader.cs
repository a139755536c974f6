using Fovea.Images;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Training.Data;

/// <summary>Reads the members of a plain archive from their places. The file stays open if there are not too many of them, and is else opened for each picture.</summary>
/// <param name="shard">Where the pictures lie.</param>
/// <param name="path">The archive, or where it was unpacked to.</param>
/// <param name="staysOpen">Whether the file stays open between pictures.</param>
internal sealed class ArchiveReader(ArchiveShard shard, string path, bool staysOpen) : IShardReader
{
    private readonly Lock _opening = new();
    private SafeFileHandle? _file;

    public EncodedBytes Read(int index)
    {
        MemberPlace place = shard.PlaceOf(index);
        if (place.Length == 0) throw ImageThrow.Empty(shard.NameOf(index));
        try
        {
            if (staysOpen) return EncodedBytes.Read(OpenOnce(), place, shard.NameOf(index));
            using SafeFileHandle file = Open();
            return EncodedBytes.Read(file, place, shard.NameOf(index));
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(shard.NameOf(index), failure);
        }
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle OpenOnce()
    {
        lock (_opening) return _file ??= Open();
    }

    private SafeFileHandle Open() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
}
