using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Fovea.Graphs;

namespace Fovea.Training.Runs.Metrics;

/// <summary>
/// A TensorBoard file, `events.out.tfevents.SECONDS.fovea`, with the figures of metrics lines as scalars. Every start of a run writes a file of its own; one that goes on first tells
/// TensorBoard to forget what earlier files say of later steps. Each record goes to the operating system whole. Not safe to use from several threads.
/// </summary>
/// <remarks>
/// A record is a length (8 bytes), its masked CRC-32C (4), a message of event.proto, and the message's masked CRC-32C (4). Why TorchSharp's writer is not used: docs/decisions/0010.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const string Prefix = "events.out.tfevents.";
    private const string Version = "brain.Event:2";
    private const int SessionStart = 1;                                 // SessionLog.START

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _record = new();

    private EventFile(string path, FileStream stream, TimeProvider time) => (_path, _stream, _time) = (path, stream, time);

    /// <summary>Begins a file.</summary>
    /// <param name="runFolder">The run; it may hold files of earlier starts.</param>
    /// <param name="resumedStep">The last step that still counts, where a run goes on; null for a new run.</param>
    /// <param name="time">The clock that records are stamped with.</param>
    /// <exception cref="RunException">It cannot be written.</exception>
    public static EventFile Create(string runFolder, long? resumedStep, TimeProvider time)
    {
        string path = Path.Combine(runFolder, Prefix);
        try
        {
            path = NextPath(runFolder, time);
            EventFile file = new(path, new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0), time);
            file.Begin(resumedStep);
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RunThrow.NotWritten(path, failure);
        }
    }

    /// <summary>Writes a line's figures, in float32 as TensorBoard keeps them.</summary>
    /// <exception cref="RunException">The disk is full.</exception>
    public void Write(MetricsLine line)
    {
        ProtobufWriter summary = new();                                 // Summary: value = 1
        foreach ((Metric metric, double value) in line.Values)
        {
            ProtobufWriter scalar = new();                              // Summary.Value: tag = 1, simple_value = 2
            scalar.Text(1, metric.Tag);
            scalar.Float(2, (float)value);
            summary.Message(1, scalar);
        }
        try
        {
            WriteEvent(line.Step, @event => @event.Message(5, summary));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RunThrow.NotWritten(_path, failure);
        }
    }

    public void Dispose() => _stream.Dispose();

    // TensorBoard reads the files of a folder in the order of their names, so a later start must have a later name, whatever the clock says.
    private static string NextPath(string runFolder, TimeProvider time)
    {
        long next = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (string file in Directory.EnumerateFiles(runFolder, $"{Prefix}*"))
        {
            string number = Path.GetFileName(file)[Prefix.Length..].Split('.')[0];
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long taken) && number.Length <= 10) next = Math.Max(next, taken + 1);
        }
        return Path.Combine(runFolder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{next:D10}.fovea"));
    }

    // A session that starts at a step makes TensorBoard drop what it has read of that step and later ones.
    private void Begin(long? resumedStep)
    {
        long firstStep = resumedStep + 1 ?? 0;
        WriteEvent(firstStep, @event => @event.Text(3, Version));
        if (resumedStep is null) return;
        ProtobufWriter session = new();                                 // SessionLog: status = 1
        session.Integer(1, SessionStart);
        WriteEvent(firstStep, @event => @event.Message(7, session));
    }

    private void WriteEvent(long step, Action<ProtobufWriter> what)
    {
        ProtobufWriter @event = new();                                  // Event: wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7
        @event.Double(1, _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        @event.Integer(2, step);
        what(@event);

        _record.ResetWrittenCount();
        BinaryPrimitives.WriteUInt64LittleEndian(_record.GetSpan(sizeof(ulong)), (ulong)@event.Written.Length);
        _record.Advance(sizeof(ulong));
        WriteCrc(_record.WrittenSpan);
        _record.Write(@event.Written);
        WriteCrc(@event.Written);
        _stream.Write(_record.WrittenSpan);
    }

    private void WriteCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = MaskedCrc.Of(bytes);                                 // before GetSpan, which may move the bytes
        BinaryPrimitives.WriteUInt32LittleEndian(_record.GetSpan(sizeof(uint)), crc);
        _record.Advance(sizeof(uint));
    }
}
