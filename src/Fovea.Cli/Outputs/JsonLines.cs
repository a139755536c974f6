using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fovea.Cli.Outputs;

/// <summary>One JSON object per line and picture, without spaces: docs/formats.md. A line reaches the file whole.</summary>
internal sealed class JsonLines(OutputFile file) : IDisposable
{
    // "Unsafe" is about HTML around the JSON: this encoder leaves <, & and letters outside of ASCII as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>Begins an object with `sample` and, where one is known, `label`; its other fields are the caller's.</summary>
    public Utf8JsonWriter Begin(string sample, long? label)
    {
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        _json.WriteString("sample"u8, sample);
        if (label is long known) _json.WriteNumber("label"u8, known);
        return _json;
    }

    /// <summary>Ends the object that was begun and writes its line.</summary>
    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        file.Stream.Write(_line.WrittenSpan);
        if (file.IsWrittenThrough) file.Stream.Flush();                  // somebody may be reading along
    }

    public void Dispose() => _json.Dispose();
}
