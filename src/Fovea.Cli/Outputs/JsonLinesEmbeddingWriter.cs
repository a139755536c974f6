using System.Text.Json;

namespace Fovea.Cli.Outputs;

/// <summary>One JSON object per line and picture: `{"sample":"a.jpg","label":3,"embedding":[0.25,-1.5]}`; no label, no `label`.</summary>
internal sealed class JsonLinesEmbeddingWriter(OutputFile file, int width) : EmbeddingWriter(file, width)
{
    private readonly OutputFile _file = file;
    private readonly JsonLines _lines = new(file);

    protected override void WriteRow(string sample, long? label, ReadOnlySpan<float> embedding)
    {
        Utf8JsonWriter json = _lines.Begin(sample, label);
        json.WriteStartArray("embedding"u8);
        foreach (float value in embedding)
        {
            if (float.IsFinite(value)) json.WriteNumberValue(value);     // the shortest text that reads back as the same float32
            else json.WriteNullValue();
        }
        json.WriteEndArray();
        _lines.End();
    }

    protected override void WriteEnd() => _file.Complete();

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }
}
