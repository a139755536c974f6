namespace Fovea.Cli.Outputs.Parquet;

/// <summary>The columns of a file of embeddings.</summary>
internal static class EmbeddingColumns
{
    public static readonly ParquetColumn Sample = new(ParquetType.ByteArray, "sample");
    public static readonly ParquetColumn Label = new(ParquetType.Int64, "label");
    public static readonly ParquetColumn Embedding = new(ParquetType.Float, "embedding", "list", "element");

    /// <summary>The schema tree; only labels may be null, so that readers need no null masks for the embeddings.</summary>
    public static IReadOnlyList<ParquetNode> Tree(bool hasLabels)
    {
        ParquetNode[] label = hasLabels ? [new("label", ParquetRepetition.Optional, ParquetType.Int64)] : [];
        return
        [
            new("schema", ParquetRepetition.Required, Children: 2 + label.Length),
            new("sample", ParquetRepetition.Required, ParquetType.ByteArray, Meaning: ParquetMeaning.Text),
            .. label,
            new("embedding", ParquetRepetition.Required, Children: 1, Meaning: ParquetMeaning.List),
            new("list", ParquetRepetition.Repeated, Children: 1),
            new("element", ParquetRepetition.Required, ParquetType.Float),
        ];
    }
}
