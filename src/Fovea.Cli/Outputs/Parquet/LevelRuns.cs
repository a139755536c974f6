using System.Buffers;
using System.Buffers.Binary;

namespace Fovea.Cli.Outputs.Parquet;

/// <summary>Repetition or definition levels of one page, each 0 or 1, as run-length runs (the RLE half of Parquet's hybrid encoding).</summary>
/// <remarks>Equal neighbours become one run. A run is twice its length as a varint, then the level as one byte; the whole is preceded by its length.</remarks>
internal sealed class LevelRuns
{
    private readonly ArrayBufferWriter<byte> _runs = new();
    private int _level;
    private int _length;

    public void Add(int level, int count)
    {
        if (level != _level) EndRun();
        _level = level;
        _length += count;
    }

    /// <summary>The levels as they stand at the beginning of a data page; empties the runs for the next page.</summary>
    public byte[] TakeBytes()
    {
        EndRun();
        byte[] bytes = new byte[sizeof(int) + _runs.WrittenCount];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _runs.WrittenCount);
        _runs.WrittenSpan.CopyTo(bytes.AsSpan(sizeof(int)));
        _runs.ResetWrittenCount();
        return bytes;
    }

    private void EndRun()
    {
        if (_length == 0) return;
        uint rest = (uint)_length << 1;                      // lowest bit 0: a run, no packed bits
        for (; rest >= 0x80; rest >>= 7) _runs.Write([(byte)(rest | 0x80)]);
        _runs.Write([(byte)rest, (byte)_level]);
        _length = 0;
    }
}
