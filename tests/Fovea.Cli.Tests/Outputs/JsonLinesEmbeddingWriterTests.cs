using System.Text;
using System.Text.Json;
using Fovea.Cli.Outputs;
using FsCheck.Xunit;

namespace Fovea.Cli.Tests.Outputs;

public class JsonLinesEmbeddingWriterTests
{
    [Fact]
    public void Lines_are_what_the_documentation_shows() => Assert.Equal(
        "{\"sample\":\"holiday/beach.jpg\",\"label\":3,\"embedding\":[0.25,-1.5,1E-05]}\n{\"sample\":\"Grüße <1>.jpg\",\"embedding\":[0.1,-0,16777216]}\n",
        Lines(new("holiday/beach.jpg", 3, [0.25f, -1.5f, 1e-5f]), new("Grüße <1>.jpg", null, [0.1f, -0f, 16777216f])));

    [Fact]
    public void Numbers_that_JSON_has_no_word_for_are_null() =>
        Assert.Equal("{\"sample\":\"a\",\"embedding\":[null,null,null]}\n", Lines(new EmbeddingRow("a", null, [float.NaN, float.PositiveInfinity, float.NegativeInfinity])));

    [Fact]
    public void Rows_read_back_as_they_were()
    {
        EmbeddingRow[] rows = EmbeddingRow.Awkward(5);
        EmbeddingRow[] read = [.. Lines(rows).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
        Assert.Equal(rows.Select(row => (row.Sample, row.Label)), read.Select(row => (row.Sample, row.Label)));
        Assert.Equal(EmbeddingRow.Bits(rows.SelectMany(row => row.Embedding)), EmbeddingRow.Bits(read.SelectMany(row => row.Embedding)));
    }

    [Property]
    public void Any_name_and_any_finite_number_read_back(string? sample, float value)
    {
        string wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(sample ?? ""));      // half a surrogate pair is no text
        if (!float.IsFinite(value)) return;
        string line = Lines(new EmbeddingRow(wellFormed, null, [value, value, value]));
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        EmbeddingRow read = Read(line);
        Assert.Equal(wellFormed, read.Sample);
        Assert.Equal(BitConverter.SingleToUInt32Bits(value), BitConverter.SingleToUInt32Bits(read.Embedding[1]));
    }

    [Fact]
    public void Standard_output_shows_each_line_at_once()
    {
        using MemoryStream pipe = new();
        using BufferedStream standardOutput = new(pipe);
        using EmbeddingWriter writer = EmbeddingWriter.Create(path: null, 1, hasLabels: false, standardOutput);
        writer.Write("a", null, [1]);
        Assert.Equal("{\"sample\":\"a\",\"embedding\":[1]}\n", Encoding.UTF8.GetString(pipe.ToArray()));
    }

    private static string Lines(params EmbeddingRow[] rows)
    {
        using MemoryStream standardOutput = new();
        EmbeddingRow.WriteAll(path: null, rows, rows[0].Embedding.Length, hasLabels: true, standardOutput);
        return Encoding.UTF8.GetString(standardOutput.ToArray());
    }

    private static EmbeddingRow Read(string line)
    {
        JsonElement row = JsonDocument.Parse(line).RootElement;
        long? label = row.TryGetProperty("label", out JsonElement known) ? known.GetInt64() : null;
        return new EmbeddingRow(row.GetProperty("sample").GetString()!, label, [.. row.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())]);
    }
}
