namespace Fovea.Cli.Outputs;

/// <summary>Writes the embeddings of one run, picture by picture, in the form that the file's extension asks for: docs/formats.md.</summary>
/// <remarks>Memory stays flat however many rows come. Disposing without <see cref="Complete"/> leaves nothing behind. Not safe to use from several threads.</remarks>
internal abstract class EmbeddingWriter : IDisposable
{
    private readonly OutputFile _file;
    private readonly int _width;

    /// <param name="file">The main file; disposed with the writer.</param>
    /// <param name="width">Length of every embedding.</param>
    protected EmbeddingWriter(OutputFile file, int width)
    {
        _file = file;
        _width = width;
    }

    /// <summary>The extensions that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npy", ".parquet", ".jsonl"];

    /// <summary>Begins a file of embeddings.</summary>
    /// <param name="path">The file, or null for JSON lines on standard output.</param>
    /// <param name="width">Length of every embedding.</param>
    /// <param name="hasLabels">Whether labels are known for some of the pictures; Parquet has its column `label` only then.</param>
    /// <param name="standardOutput">Written to, and flushed after each line, when <paramref name="path"/> is null. Not closed.</param>
    /// <exception cref="OutputException">The extension is none of <see cref="Extensions"/>, or the place cannot be written.</exception>
    public static EmbeddingWriter Create(string? path, int width, bool hasLabels, Stream standardOutput)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (path is null) return new JsonLinesEmbeddingWriter(OutputFile.Standard(standardOutput), width);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => NpyEmbeddingWriter.Create(path, width),
            ".parquet" => new ParquetEmbeddingWriter(OutputFile.Create(path), width, hasLabels),
            ".jsonl" => new JsonLinesEmbeddingWriter(OutputFile.Create(path), width),
            _ => throw OutputThrow.Extension(path, "embeddings", Extensions),
        };
    }

    /// <summary>Appends one row.</summary>
    /// <param name="sample">The picture's name.</param>
    /// <param name="label">Its class, or null when unknown.</param>
    /// <param name="embedding">[width]; kept as it is, to the last bit. Only JSON has no word for infinity and NaN and writes null.</param>
    /// <exception cref="OutputException">The disk is full.</exception>
    public void Write(string sample, long? label, ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != _width) throw new ArgumentException($"The embedding of '{sample}' has {embedding.Length} numbers instead of {_width}.", nameof(embedding));
        try
        {
            WriteRow(sample, label, embedding);
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(_file.Path, failure);
        }
    }

    /// <summary>Ends the file and puts it in its place. No row at all gives a valid file without rows.</summary>
    /// <exception cref="OutputException">The disk is full, or the place may no longer be written.</exception>
    public void Complete()
    {
        try
        {
            WriteEnd();
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(_file.Path, failure);
        }
    }

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public virtual void Dispose() => _file.Dispose();

    /// <summary>Appends one row of the right width.</summary>
    protected abstract void WriteRow(string sample, long? label, ReadOnlySpan<float> embedding);

    /// <summary>Writes what follows the last row and completes the file.</summary>
    protected abstract void WriteEnd();
}
