using System.Security.Cryptography;
using System.Text;
using Fovea.Hub;
using Fovea.Inference;

namespace Fovea.Training.Data;

/// <summary>
/// Scanned archives on disk, one file each, below FOVEA_HOME: a second start does not go through terabytes again. A file that is missing, damaged or older
/// than its archive is as good as none, and so is a folder that cannot be written.
/// </summary>
internal sealed class IndexCache(string folder)
{
    private const string Extension = ".shard";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90), UsePrecision = TimeSpan.FromDays(1);

    private readonly Lock _sweeping = new();
    private bool _isSwept;

    /// <summary>The cache of this user; null when FOVEA_CACHE is 0 or there is no place for one.</summary>
    /// <param name="environment">The value of a variable, or null.</param>
    public static IndexCache? Find(Func<string, string?> environment)
    {
        if (environment(GraphCache.Variable) == "0") return null;
        try
        {
            return new(Path.Combine(FoveaHome.Find(environment), "cache", "samples"));
        }
        catch (HubException)
        {
            return null;                                                          // no home folder
        }
    }

    /// <summary>The samples of an archive as they were found before; null when they are not known.</summary>
    /// <param name="location">The archive.</param>
    /// <param name="stamp">The archive as it is now.</param>
    public ArchiveShard? Load(ArchiveLocation location, string stamp)
    {
        try
        {
            string file = FileOf(location);
            if (!File.Exists(file) || ShardFile.Read(File.ReadAllBytes(file), location, stamp) is not { } shard) return null;
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > UsePrecision) File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
            return shard;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps the samples of an archive, beside first and then in one step, so that nobody reads half a file.</summary>
    public void Save(ArchiveShard shard, string stamp)
    {
        string file = FileOf(shard.Location), beside = $"{file}.{Guid.NewGuid():N}";
        try
        {
            PrivateFolder.Create(folder);
            File.WriteAllBytes(beside, ShardFile.Write(shard, stamp));
            File.Move(beside, file, overwrite: true);
            Sweep();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // No room or no right: the archive is gone through again next time.
        }
    }

    // Of archives that nobody has used for long, and what killed processes left behind.
    private void Sweep()
    {
        lock (_sweeping)
        {
            if (_isSwept) return;
            _isSwept = true;
        }
        DateTime now = DateTime.UtcNow;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().Where(file => now - file.LastWriteTimeUtc > Lifetime)) file.Delete();
    }

    private string FileOf(ArchiveLocation location)
    {
        string key = $"{Path.GetFullPath(location.Path)}\n{location.Path}\n{location.Name}";
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + Extension);
    }
}
