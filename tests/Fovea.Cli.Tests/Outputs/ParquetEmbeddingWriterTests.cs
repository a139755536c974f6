using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using DuckDB.NET.Data;
using Fovea.Cli.Outputs;
using Fovea.Tests;
using Parquet;
using Parquet.Schema;

namespace Fovea.Cli.Tests.Outputs;

/// <summary>Two readers that share no code with the writer judge it: DuckDB and Parquet.Net.</summary>
public sealed class ParquetEmbeddingWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string FileName => _folder.File("x.parquet");

    [Fact]
    public void DuckDB_sees_text_integers_and_lists_of_floats()
    {
        EmbeddingRow.WriteAll(FileName, EmbeddingRow.Awkward(3), 3, hasLabels: true);
        Assert.Equal([["sample", "VARCHAR"], ["label", "BIGINT"], ["embedding", "FLOAT[]"]], Query("select column_name, column_type from (describe select * from {0})"));
    }

    [Fact]
    public void DuckDB_reads_the_same_names_labels_and_bits()
    {
        EmbeddingRow[] rows = EmbeddingRow.Awkward(7);
        EmbeddingRow.WriteAll(FileName, rows, 7, hasLabels: true);
        List<object?[]> read = Query("select sample, label, embedding from {0}");
        Assert.Equal(rows.Select(row => (row.Sample, row.Label)), read.Select(row => ((string)row[0]!, (long?)row[1])));
        Assert.Equal(EmbeddingRow.Bits(rows.SelectMany(row => row.Embedding)), EmbeddingRow.Bits(read.SelectMany(row => (List<float>)row[2]!)));
    }

    [Fact]
    public void Infinity_and_NaN_keep_their_bits()
    {
        float[] values = [float.NaN, BitConverter.UInt32BitsToSingle(0x7FC12345), float.PositiveInfinity, float.NegativeInfinity];
        EmbeddingRow.WriteAll(FileName, [new EmbeddingRow("a", null, values)], 4, hasLabels: false);
        Assert.Equal(EmbeddingRow.Bits(values), EmbeddingRow.Bits((List<float>)Query("select embedding from {0}")[0][0]!));
    }

    [Fact]
    public void Every_name_is_found_by_a_query()
    {
        // With statistics in UTF-16's order, as one library writes them, the row of an emoji is not found here.
        EmbeddingRow.WriteAll(FileName, EmbeddingRow.Awkward(1), 1, hasLabels: false);
        foreach (string name in SampleNames.Awkward) Assert.Equal(1L, Query($"select count(*) from {{0}} where sample = '{name.Replace("'", "''", StringComparison.Ordinal)}'")[0][0]);
    }

    [Fact]
    public void Without_labels_there_is_no_such_column()
    {
        EmbeddingRow.WriteAll(FileName, EmbeddingRow.Awkward(3), 3, hasLabels: false);
        Assert.Equal([["sample"], ["embedding"]], Query("select column_name from (describe select * from {0})"));
    }

    [Fact]
    public void Label_in_a_file_without_labels_is_the_callers_fault()
    {
        using EmbeddingWriter writer = EmbeddingWriter.Create(FileName, 1, hasLabels: false, Stream.Null);
        Assert.Throws<ArgumentException>(() => writer.Write("a.jpg", 3, [1]));
    }

    [Theory]
    [InlineData(1, 1_000_000)]                                // names weigh more than embeddings, runs of one value
    [InlineData(512, 20_000)]                                 // the usual width
    [InlineData(5_000_000, 2)]                                // a row larger than a group
    public void Rows_of_many_groups_come_back_in_order(int width, int count)
    {
        float[] embedding = new float[width];
        using (EmbeddingWriter writer = EmbeddingWriter.Create(FileName, width, hasLabels: true, Stream.Null))
        {
            for (int row = 0; row < count; row++)
            {
                embedding[^1] = row;
                writer.Write($"picture-{row}", row % 2 == 0 ? row : null, embedding);
            }
            writer.Complete();
        }
        Assert.True((long)Query("select count(distinct row_group_id) from parquet_metadata({0})")[0][0]! > 1);
        Assert.Equal([(long)count, (long)count], Query(
            $$"""
            select count(*), count(*) filter (sample = 'picture-' || file_row_number and embedding[-1] = file_row_number and len(embedding) = {{width}}
                and label is not distinct from if(file_row_number % 2 = 0, file_row_number, null))
            from read_parquet({0}, file_row_number = true)
            """)[0]);
    }

    [Fact]
    public void File_without_rows_has_its_columns()
    {
        EmbeddingRow.WriteAll(FileName, [], 3, hasLabels: true);
        Assert.Equal([[0L]], Query("select count(embedding) from {0}"));
        Assert.Equal([["sample"], ["label"], ["embedding"]], Query("select column_name from (describe select * from {0})"));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(1, false)]
    public void Arrow_readers_learn_that_the_list_has_a_fixed_size(int width, bool hasLabels)
    {
        EmbeddingRow.WriteAll(FileName, [], width, hasLabels);
        string message = (string)Query("select decode(value) from parquet_kv_metadata({0}) where decode(key) = 'ARROW:schema'")[0][0]!;
        using ArrowStreamReader reader = new(Convert.FromBase64String(message));
        IReadOnlyList<Apache.Arrow.Field> fields = reader.Schema.FieldsList;
        Assert.Equal(hasLabels ? ["sample", "label", "embedding"] : ["sample", "embedding"], fields.Select(field => field.Name));
        FixedSizeListType embedding = Assert.IsType<FixedSizeListType>(fields[^1].DataType);
        Assert.Equal(width, embedding.ListSize);
        Assert.IsType<FloatType>(embedding.ValueDataType);
    }

    [Fact]
    public async Task Parquet_Net_reads_the_same_labels_bits_and_levels()
    {
        EmbeddingRow[] rows = EmbeddingRow.Awkward(7);
        EmbeddingRow.WriteAll(FileName, rows, 7, hasLabels: true);
        await using ParquetReader reader = await ParquetReader.CreateAsync(FileName);
        DataField[] fields = reader.Schema.DataFields;
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        float[] values = new float[rows.Length * 7];
        long?[] labels = new long?[rows.Length];
        int[] definition = new int[values.Length];
        int[] repetition = new int[values.Length];
        await group.ReadAsync<long>(fields[1], labels);
        await group.ReadRawAsync<float>(fields[2], values, definition, repetition);
        Assert.Equal(rows.Select(row => row.Label), labels);
        Assert.Equal(EmbeddingRow.Bits(rows.SelectMany(row => row.Embedding)), EmbeddingRow.Bits(values));
        Assert.All(definition, level => Assert.Equal(1, level));
        Assert.Equal(Enumerable.Range(0, values.Length).Select(index => index % 7 == 0 ? 0 : 1), repetition);
    }

    private List<object?[]> Query(string sql)
    {
        using DuckDBConnection connection = new("Data Source=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql.Replace("{0}", $"'{FileName}'", StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        return rows;
    }
}
