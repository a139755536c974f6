using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fovea.Cli.Outputs.Parquet;

namespace Fovea.Cli.Outputs;

/// <summary>Parquet with the columns `sample`, `label` (where labels are known) and `embedding`, a list that Arrow readers see as one of fixed size.</summary>
internal sealed class ParquetEmbeddingWriter : EmbeddingWriter
{
    // A row group is held until it is written: large enough for readers to work in pieces, small enough to be no burden.
    private const int RowGroupBytes = 16 * 1024 * 1024;

    private readonly OutputFile _file;
    private readonly ParquetFile _parquet;
    private readonly int _width;
    private readonly bool _hasLabels;

    private readonly ArrayBufferWriter<byte> _samples = new();       // per name: its length in UTF-8 as int32, then the bytes
    private readonly ArrayBufferWriter<float> _values = new();       // [rows, width]
    private readonly ArrayBufferWriter<long> _labels = new();        // the known ones
    private readonly LevelRuns _labelIsKnown = new();
    private int _rows;

    public ParquetEmbeddingWriter(OutputFile file, int width, bool hasLabels) : base(file, width)
    {
        _file = file;
        _parquet = new ParquetFile(file.Stream);
        _width = width;
        _hasLabels = hasLabels;
    }

    protected override void WriteRow(string sample, long? label, ReadOnlySpan<float> embedding)
    {
        if (label is not null && !_hasLabels) throw new ArgumentException($"'{sample}' has a label, but the file was begun without labels.", nameof(label));
        WriteSample(sample);
        _labelIsKnown.Add(label is null ? 0 : 1, count: 1);
        if (label is long known) _labels.Write([known]);
        _values.Write(embedding);
        _rows++;
        if (_samples.WrittenCount + _values.WrittenCount * sizeof(float) >= RowGroupBytes) WriteRowGroup();
    }

    protected override void WriteEnd()
    {
        if (_rows > 0) WriteRowGroup();
        _parquet.WriteFooter(EmbeddingColumns.Tree(_hasLabels), new Dictionary<string, string> { [ArrowSchema.Key] = ArrowSchema.Encode(_width, _hasLabels) });
        _file.Complete();
    }

    private void WriteSample(string sample)
    {
        int length = Encoding.UTF8.GetByteCount(sample);
        Span<byte> target = _samples.GetSpan(sizeof(int) + length);
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        Encoding.UTF8.GetBytes(sample, target[sizeof(int)..]);
        _samples.Advance(sizeof(int) + length);
    }

    private void WriteRowGroup()
    {
        _parquet.WritePage(EmbeddingColumns.Sample, _rows, levels: [], _samples.WrittenSpan);
        byte[] labelLevels = _labelIsKnown.TakeBytes();
        if (_hasLabels) _parquet.WritePage(EmbeddingColumns.Label, _rows, labelLevels, MemoryMarshal.AsBytes(_labels.WrittenSpan));
        _parquet.WritePage(EmbeddingColumns.Embedding, _rows * _width, EmbeddingLevels(), MemoryMarshal.AsBytes(_values.WrittenSpan));
        _parquet.EndRowGroup(_rows);

        _samples.ResetWrittenCount();
        _labels.ResetWrittenCount();
        _values.ResetWrittenCount();
        _rows = 0;
    }

    /// <summary>Dremel levels (Melnik et al. 2010): repetition 0 begins a row and 1 continues its list; definition 1 says that there is an element.</summary>
    private byte[] EmbeddingLevels()
    {
        LevelRuns repetition = new();
        for (int row = 0; row < _rows; row++)
        {
            repetition.Add(0, count: 1);
            repetition.Add(1, count: _width - 1);
        }
        LevelRuns definition = new();
        definition.Add(1, count: _rows * _width);
        return [.. repetition.TakeBytes(), .. definition.TakeBytes()];
    }
}
