using Fovea.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Inference;

/// <summary>
/// One graph of the cache: `graph.onnx`, its weights in `weights.bin`, and `entry`, the SHA-256 of both. The graph is hashed at each start; the
/// weights are when their stamp is not the noted one, so whoever touched them by whatever way, they are looked at before they are used. Only
/// a disk that returns other bytes than it got goes unseen, as it does for the model file itself.
/// </summary>
internal sealed class GraphCacheEntry(GraphCache cache, string folder)
{
    private const string GraphFile = "graph.onnx";
    private const string WeightsFile = "weights.bin";
    private const string EntryFile = "entry";
    private const string NoteFile = "weights.hash";
    private const string SourceFile = "source.onnx";
    private const string SourceWeightsFile = "source.bin";

    private static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    public string Folder => folder;

    public static DateTime LastUse(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, EntryFile));

    /// <summary>A session over the mapped files; null when there is none, or a damaged one, which is removed.</summary>
    public InferenceSession? Open(int threads)
    {
        if (!Directory.Exists(folder)) return null;
        try
        {
            if (IsIntact())
            {
                using SessionOptions options = SessionSettings.OfCached(threads);
                InferenceSession session = new(Path.Combine(folder, GraphFile), options);
                NoteUse();
                return session;
            }
        }
        catch (Exception failure) when (GraphCache.IsExpected(failure))
        {
            // As good as damaged.
        }
        cache.Remove(folder);
        return null;
    }

    /// <summary>Writes the graph into the cache.</summary>
    /// <returns>Whether it is there now.</returns>
    public bool Make(OnnxGraph graph)
    {
        // The runtime writes each matrix twice: as it was, and prepacked.
        if (!cache.HasRoomFor(2 * graph.Matrices.Sum(matrix => (long)matrix.Bytes.Length))) return false;
        string? made = null;
        try
        {
            made = cache.NewFolder();
            Write(graph, made);
            Directory.Move(made, folder);
            cache.Sweep();
        }
        catch (Exception failure) when (GraphCache.IsExpected(failure))
        {
            // No room, no right, or another process was faster.
            if (made is not null) cache.Remove(made);
        }
        return Directory.Exists(folder);
    }

    private static void Write(OnnxGraph graph, string made)
    {
        string source = Path.Combine(made, SourceFile), sourceWeights = Path.Combine(made, SourceWeightsFile);
        string optimised = Path.Combine(made, GraphFile), weights = Path.Combine(made, WeightsFile);
        using (FileStream file = File.Create(sourceWeights)) graph.WriteMatrices(file);
        File.WriteAllBytes(source, graph.ToBytes(SourceWeightsFile));
        using (SessionOptions options = SessionSettings.ThatSave(optimised, WeightsFile)) new InferenceSession(source, options).Dispose();
        File.Delete(source);
        File.Delete(sourceWeights);
        // What the entry vouches for must have reached the disk: after a power cut a file may have its length and no bytes.
        using (SafeFileHandle file = File.OpenHandle(weights, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(file);
        string? weightsHash = ContentHash.Of(weights, Path.Combine(made, NoteFile));
        File.WriteAllText(Path.Combine(made, EntryFile), Entry(ContentHash.Of(File.ReadAllBytes(optimised)), weightsHash));
    }

    private bool IsIntact()
    {
        string graph = ContentHash.Of(File.ReadAllBytes(Path.Combine(folder, GraphFile)));
        string? weights = ContentHash.Of(Path.Combine(folder, WeightsFile), Path.Combine(folder, NoteFile));
        return weights is not null && File.ReadAllText(Path.Combine(folder, EntryFile)) == Entry(graph, weights);
    }

    private static string Entry(string graph, string? weights) => $"{graph} {GraphFile}\n{weights} {WeightsFile}\n";

    private void NoteUse()
    {
        string entry = Path.Combine(folder, EntryFile);
        DateTime now = DateTime.UtcNow;
        try
        {
            if (now - File.GetLastWriteTimeUtc(entry) > UsePrecision) File.SetLastWriteTimeUtc(entry, now);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Where nobody may write, nothing is evicted either.
        }
    }
}
