using System.Buffers;

namespace Fovea.Training.Runs.Metrics;

/// <summary>
/// The file `metrics.jsonl` of a run folder: one JSON object per line, in the order of the steps. Each line is handed to the operating system whole and at once, so that
/// a killed process loses none; a line that a full disk has cut is dropped when the run goes on. One process writes, others may read along. Not safe to use from several threads.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    /// <summary>Its name in a run folder.</summary>
    public const string FileName = "metrics.jsonl";

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _line = new();

    private MetricsLog(string path, FileStream stream, MetricsHistory history) => (_path, _stream, History) = (path, stream, history);

    /// <summary>Everything that the file holds.</summary>
    public MetricsHistory History { get; }

    /// <summary>Begins the file of a new run.</summary>
    /// <exception cref="RunException">There is one, or it cannot be written.</exception>
    public static MetricsLog Create(string runFolder)
    {
        string path = Path.Combine(runFolder, FileName);
        if (File.Exists(path)) throw RunThrow.Occupied(runFolder);
        return Open(path, long.MaxValue);
    }

    /// <summary>Goes on with the file of an interrupted run: what it says of later steps is cut off. The file is the old or the cut one at every moment; where it is gone, a new one begins.</summary>
    /// <param name="runFolder">The run.</param>
    /// <param name="step">The step of the checkpoint that the run goes on from.</param>
    /// <exception cref="RunException">It cannot be written, or holds something else.</exception>
    public static MetricsLog Resume(string runFolder, long step) => Open(Path.Combine(runFolder, FileName), step);

    /// <summary>The lines of a run's file, whoever may be writing it: what follows the last line feed is not yet a line.</summary>
    /// <exception cref="RunException">It cannot be read, or holds something else.</exception>
    public static IReadOnlyList<MetricsLine> Read(string runFolder)
    {
        string path = Path.Combine(runFolder, FileName);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return [.. new MetricsReader(path, stream).Lines().Select(line => line.Line)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw MetricsThrow.NotRead(path, failure);
        }
    }

    /// <summary>Appends a line.</summary>
    /// <exception cref="ArgumentException">Its step lies before the last one.</exception>
    /// <exception cref="RunException">The disk is full.</exception>
    public void Write(MetricsLine line)
    {
        History.Add(line);
        _line.ResetWrittenCount();
        line.WriteTo(_line);
        OrRefuse(_path, () => _stream.Write(_line.WrittenSpan));
    }

    /// <summary>Waits until every line is on the disk; before a checkpoint, so that no checkpoint knows more steps than this file.</summary>
    /// <exception cref="RunException">The disk is full.</exception>
    public void FlushToDisk() => OrRefuse(_path, () => _stream.Flush(flushToDisk: true));

    public void Dispose() => _stream.Dispose();

    private static MetricsLog Open(string path, long lastStep)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            MetricsHistory history = new();
            long kept = 0;
            foreach ((MetricsLine line, long end) in new MetricsReader(path, stream).Lines().TakeWhile(line => line.Line.Step <= lastStep))
            {
                history.Add(line);
                kept = end;
            }
            // Lines are in the order of their steps, so what goes is the end of the file, and shortening a file is one step for the file system.
            if (kept < stream.Length) stream.SetLength(kept);
            stream.Position = kept;
            return new MetricsLog(path, stream, history);
        }
        catch (Exception failure)
        {
            stream?.Dispose();
            if (failure is IOException or UnauthorizedAccessException) throw RunThrow.NotWritten(path, failure);
            throw;
        }
    }

    private static void OrRefuse(string path, Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RunThrow.NotWritten(path, failure);
        }
    }
}
