using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fovea.Cli.Outputs;

/// <summary>One JSON object per line and picture: `{"sample":"a.jpg","label":3,"embedding":[0.25,-1.5]}`; no label, no `label`.</summary>
internal sealed class JsonLinesEmbeddingWriter : EmbeddingWriter
{
    // "Unsafe" is about HTML around the JSON: this encoder leaves <, & and letters outside of ASCII as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OutputFile _file;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    public JsonLinesEmbeddingWriter(OutputFile file, int width) : base(file, width)
    {
        _file = file;
        _json = new Utf8JsonWriter(_line, Options);
    }

    protected override void WriteRow(string sample, long? label, ReadOnlySpan<float> embedding)
    {
        _json.WriteStartObject();
        _json.WriteString("sample"u8, sample);
        if (label is long known) _json.WriteNumber("label"u8, known);
        _json.WriteStartArray("embedding"u8);
        foreach (float value in embedding)
        {
            if (float.IsFinite(value)) _json.WriteNumberValue(value);    // the shortest text that reads back as the same float32
            else _json.WriteNullValue();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);

        _file.Stream.Write(_line.WrittenSpan);
        if (_file.IsWrittenThrough) _file.Stream.Flush();                // somebody may be reading along
        _line.ResetWrittenCount();
        _json.Reset();
    }

    protected override void WriteEnd() => _file.Complete();

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }
}
