using System.Globalization;
using System.Text.Json;
using Fovea.Checkpoints;

namespace Fovea.Training.Runs.Checkpoints;

/// <summary>
/// The folder `checkpoints` of a run: `step-N/state.safetensors`, whose metadata holds the counters. A checkpoint is written beside its place, flushed to
/// the disk and renamed, so that whatever happens every `step-N` is whole; older ones go when a newer one stands.
/// </summary>
/// <param name="runFolder">The run's folder.</param>
/// <param name="keepLast">How many to keep.</param>
internal sealed class RunCheckpoints(string runFolder, int keepLast)
{
    private const string Prefix = "step-";
    private const string Partial = ".partial";
    private const string StateFile = "state.safetensors";
    private const string CountersKey = "fovea.counters";

    private readonly string _folder = Path.Combine(runFolder, "checkpoints");

    /// <summary>The last whole checkpoint's folder and step; null where there is none.</summary>
    public (string Folder, long Step)? Latest() => All() is [.., var last] ? last : null;

    /// <summary>Saves.</summary>
    /// <param name="counters">Where the run stands.</param>
    /// <param name="buffers">Everything that goes on.</param>
    /// <exception cref="RunException">The disk is full or may not be written; what was there before is untouched.</exception>
    public void Save(RunCounters counters, IEnumerable<SavedBuffer> buffers)
    {
        string place = Place(counters.Step), partial = place + Partial;
        try
        {
            Directory.CreateDirectory(_folder);
            RemovePartial();
            if (Directory.Exists(place)) return;                     // the same step of the same run is the same bytes
            Directory.CreateDirectory(partial);
            using (FileStream stream = new(Path.Combine(partial, StateFile), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 20))
            {
                SafetensorsWriter.Write(stream, buffers.SelectMany(buffer => buffer.Sources()), new Dictionary<string, string> { [CountersKey] = counters.ToJson() });
                stream.Flush(flushToDisk: true);
            }
            Directory.Move(partial, place);
            foreach ((string folder, _) in All().SkipLast(keepLast)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryRemovePartial();
            throw RunThrow.NotWritten(place, failure);
        }
    }

    /// <summary>Fills <paramref name="buffers"/> from a checkpoint.</summary>
    /// <returns>Where the run stood.</returns>
    /// <exception cref="RunException">It is damaged, or of another network.</exception>
    public static RunCounters Restore(string folder, IEnumerable<SavedBuffer> buffers)
    {
        try
        {
            using Checkpoint checkpoint = Checkpoint.Open(Path.Combine(folder, StateFile));
            if (!checkpoint.Metadata.TryGetValue(CountersKey, out string? counters)) throw RunThrow.BadCheckpoint(folder, "it does not say where the run stood");
            Dictionary<string, CheckpointTensor> tensors = checkpoint.Tensors.ToDictionary(tensor => tensor.Name);
            foreach (SavedBuffer buffer in buffers) buffer.Restore(tensors);
            return RunCounters.Parse(counters);
        }
        catch (Exception failure) when (failure is CheckpointException or KeyNotFoundException or InvalidDataException or JsonException)
        {
            throw RunThrow.BadCheckpoint(folder, failure.Message.TrimEnd('.'), failure);
        }
    }

    /// <summary>The file of a checkpoint that holds its tensors.</summary>
    public static string StateOf(string folder) => Path.Combine(folder, StateFile);

    private string Place(long step) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}"));

    private (string Folder, long Step)[] All() => !Directory.Exists(_folder) ? [] :
    [
        .. Directory.EnumerateDirectories(_folder, $"{Prefix}*")
            .Select(folder => (Folder: folder, Number: Path.GetFileName(folder)[Prefix.Length..]))
            .Where(entry => long.TryParse(entry.Number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(entry => (entry.Folder, Step: long.Parse(entry.Number, CultureInfo.InvariantCulture)))
            .OrderBy(entry => entry.Step),
    ];

    private void RemovePartial()
    {
        foreach (string left in Directory.EnumerateDirectories(_folder, $"*{Partial}")) Directory.Delete(left, recursive: true);
    }

    private void TryRemovePartial()
    {
        try
        {
            RemovePartial();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is not taken for a checkpoint, and the next save tries again.
        }
    }
}
