using Fovea.Images;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Training.Data;

/// <summary>Reads picture files, each opened when it is asked for.</summary>
internal sealed class FolderReader(FolderShard shard) : IShardReader
{
    public EncodedBytes Read(int index)
    {
        (string path, string name) = (shard.PathOf(index), shard.NameOf(index));
        try
        {
            FileInfo info = new(path);
            if (!info.Exists) throw Directory.Exists(path) ? SourceThrow.NotAFile(name) : SourceThrow.Missing(name);
            if (info.Length == 0) throw SourceThrow.Empty(name);                  // a pipe too, and opening one could wait for ever
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(file);
            return length <= EncodedImage.LargestBytes ? EncodedBytes.Read(file, new(0, (int)length), name) : throw SourceThrow.TooLarge(name, length);
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(name, failure);
        }
    }

    public void Dispose()
    {
    }
}
