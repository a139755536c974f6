using System.Security.Cryptography;
using System.Text;
using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Images;
using Fovea.Inference;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Training.Data;

/// <summary>
/// Compressed archives that are too large for memory, unpacked once to `unpacked/` below FOVEA_HOME and kept for later runs. A file there has its name from
/// the archive's path and state, so it is never stale; older ones of the same archive are deleted.
/// </summary>
internal sealed class UnpackedArchives(string folder)
{
    private const int Chunk = 1 << 20;
    private const string Extension = ".tar";

    private static readonly TimeSpan LongestUnpacking = TimeSpan.FromDays(1);

    /// <summary>The place of this user.</summary>
    /// <exception cref="HubException">There is none.</exception>
    public static UnpackedArchives Find(Func<string, string?> environment) => new(Path.Combine(FoveaHome.Find(environment), "unpacked"));

    /// <summary>The plain archive of a compressed one.</summary>
    /// <exception cref="ImageException">The archive is damaged.</exception>
    /// <exception cref="TrainingDataException">There is no room or no right to write.</exception>
    public string PathOf(ArchiveShard shard, CancellationToken cancellation)
    {
        string archive = shard.Location.Path, start = Hash(Path.GetFullPath(archive)) + "-";
        string unpacked = Path.Combine(folder, start + Hash(StampOf(archive)) + Extension);
        if (File.Exists(unpacked)) return unpacked;
        string beside = $"{unpacked}.{Guid.NewGuid():N}";
        try
        {
            PrivateFolder.Create(folder);
            foreach (FileInfo old in new DirectoryInfo(folder).EnumerateFiles(start + "*").Where(IsOld)) old.Delete();
            Unpack(archive, beside, cancellation);
            File.Move(beside, unpacked, overwrite: true);
            return unpacked;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw DataThrow.NotUnpacked(archive, folder, failure.Message);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }

    // What is neither a whole file nor of today was left by a process that was killed.
    private static bool IsOld(FileInfo file) => file.Extension == Extension || DateTime.UtcNow - file.LastWriteTimeUtc > LongestUnpacking;

    private static void Unpack(string archive, string target, CancellationToken cancellation)
    {
        using Stream from = ArchiveStream.OpenWhole(archive);
        using FileStream to = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] chunk = new byte[Chunk];
        for (int read; (read = ReadSome(from, chunk, archive)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            to.Write(chunk, 0, read);
        }
        to.Flush(flushToDisk: true);                                              // what has its name must be whole, also after a power cut
    }

    private static int ReadSome(Stream from, byte[] chunk, string archive)
    {
        try
        {
            return from.Read(chunk);
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(archive, failure);
        }
    }

    private static string StampOf(string archive)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(archive, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return FileStamp.Of(file).Text;
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(archive, failure);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
}
