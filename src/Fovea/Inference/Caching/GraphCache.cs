using System.Globalization;
using System.Text;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>
/// Optimised graphs with prepacked weights on disk, one folder each. A later start maps them instead of making them: it is faster, touches no
/// weight that it does not multiply with, and processes share the pages.
/// </summary>
/// <remarks>
/// An entry is named by the hash of all it depends on, so nothing in it is ever changed or stale; it is made beside and renamed, so that
/// processes need no lock: of two that make the same one, the second throws its own away. Whatever goes wrong, there is no entry, never an error.
/// </remarks>
internal sealed class GraphCache(string folder, long limit = GraphCache.DefaultLimit)
{
    public const string Variable = "FOVEA_CACHE";
    public const long DefaultLimit = 2_000_000_000;

    private const string Making = "making-";
    private const string Notes = "models";
    private const int KeyLength = 32;

    private static readonly TimeSpan LongestMaking = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoteLifetime = TimeSpan.FromDays(90);

    /// <summary>The cache below the folder that keeps what can be had again; null when FOVEA_CACHE is 0.</summary>
    public static GraphCache? Below(string home, Func<string, string?> environment) =>
        environment(Variable) == "0" ? null : new GraphCache(Path.Combine(home, "cache"));

    public string Folder => folder;

    /// <summary>The place for one graph, whether or not it is there; null when there can be none.</summary>
    /// <param name="model">The model as it was opened: if another file has its path by now, there is no place.</param>
    /// <param name="outputs">What the graph computes.</param>
    /// <param name="largestWeight">The largest byte of int8; null for float32.</param>
    public GraphCacheEntry? Entry(ModelFile model, IReadOnlyList<VitOutput> outputs, int? largestWeight)
    {
        try
        {
            string?[] hashes = [.. model.Files.Select(HashOf)];
            return hashes.Contains(null) ? null : new GraphCacheEntry(this, Path.Combine(folder, Key(model, string.Join(' ', hashes), outputs, largestWeight)));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return null;
        }
    }

    /// <summary>A folder to make something in; nobody looks into it.</summary>
    public string NewFolder()
    {
        string made = Path.Combine(folder, Making + Guid.NewGuid().ToString("N"));
        PrivateFolder.Create(made);
        return made;
    }

    /// <summary>Whether an entry of this many bytes may be kept.</summary>
    public bool HasRoomFor(long bytes) => bytes <= limit;

    /// <summary>Takes an entry out of sight at once, then deletes it; who has it mapped keeps its pages.</summary>
    public void Remove(string entry)
    {
        string hidden = Path.Combine(folder, Making + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.Move(entry, hidden);
            Directory.Delete(hidden, recursive: true);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            // Another process was faster, or has it open and this system minds: the next sweep tries again.
        }
    }

    /// <summary>Deletes the entries used least recently until all fit, and what killed processes left behind.</summary>
    public void Sweep()
    {
        try
        {
            DateTime now = DateTime.UtcNow;
            foreach (FileInfo note in new DirectoryInfo(Path.Combine(folder, Notes)).EnumerateFiles().Where(note => now - note.LastWriteTimeUtc > NoteLifetime)) note.Delete();
            DirectoryInfo[] folders = [.. new DirectoryInfo(folder).EnumerateDirectories().Where(entry => IsMaking(entry) || IsEntry(entry))];
            foreach (DirectoryInfo left in folders.Where(entry => IsMaking(entry) && now - entry.LastWriteTimeUtc > LongestMaking)) Remove(left.FullName);
            long kept = 0;
            foreach (DirectoryInfo entry in folders.Where(entry => !IsMaking(entry)).OrderByDescending(entry => GraphCacheEntry.LastUse(entry.FullName)))
            {
                kept += entry.EnumerateFiles().Sum(file => file.Length);
                if (kept > limit) Remove(entry.FullName);
            }
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            // Another process sweeps, too.
        }
    }

    /// <summary>What disks, permissions and damaged files do.</summary>
    public static bool IsExpected(Exception failure) => failure is IOException or UnauthorizedAccessException or OnnxRuntimeException;

    private string? HashOf(MappedFile file) =>
        ContentHash.Of(file.Path, Path.Combine(folder, Notes, ContentHash.Of(Encoding.UTF8.GetBytes(Path.GetFullPath(file.Path)))), file.Stamp);

    private static bool IsMaking(DirectoryInfo entry) => entry.Name.StartsWith(Making, StringComparison.Ordinal);

    // Others keep things below the cache, too.
    private static bool IsEntry(DirectoryInfo entry) => entry.Name.Length == KeyLength && entry.Name.All(char.IsAsciiHexDigitLower);

    // The module's own id stands for the code that writes graphs: two builds of one version may write different ones.
    private static string Key(ModelFile model, string hash, IReadOnlyList<VitOutput> outputs, int? largestWeight)
    {
        string[] parts =
        [
            typeof(GraphCache).Module.ModuleVersionId.ToString(),
            OrtEnv.Instance().GetVersionString(),
            ProcessorFeatures.Text,
            hash,
            ModelDescriptionJson.Write(model.Description).ToJsonString(),
            string.Join(' ', outputs.Select(output => output.Name)),
            largestWeight?.ToString(CultureInfo.InvariantCulture) ?? "float32",
        ];
        return ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', parts)))[..KeyLength];
    }
}
