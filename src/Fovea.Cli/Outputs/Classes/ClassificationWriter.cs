namespace Fovea.Cli.Outputs.Classes;

/// <summary>Writes the top classes of each picture of one run: docs/formats.md.</summary>
/// <remarks>Disposing without <see cref="Complete"/> leaves nothing behind. Not safe to use from several threads.</remarks>
internal abstract class ClassificationWriter(OutputFile file, int top) : IDisposable
{
    /// <summary>The extensions that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl"];

    /// <summary>Begins a file of classes, or standard output.</summary>
    /// <param name="path">The file, JSON lines; null: standard output.</param>
    /// <param name="isJson">Whether standard output gets JSON lines too, and not text for people.</param>
    /// <param name="top">Classes of each picture, the most probable first; all when there are fewer.</param>
    /// <param name="standardOutput">Written to, and flushed after each picture, when <paramref name="path"/> is null. Not closed.</param>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static ClassificationWriter Create(string? path, bool isJson, int top, Stream standardOutput)
    {
        if (path is not null) return new ClassificationJsonLines(OutputFile.Create(path), top);
        OutputFile standard = OutputFile.Standard(standardOutput);
        return isJson ? new ClassificationJsonLines(standard, top) : new ClassificationText(standard, top);
    }

    /// <summary>Appends one picture.</summary>
    /// <exception cref="OutputException">The disk is full, or nobody reads any more.</exception>
    public void Write(ImageClassification picture) => file.OrRefuse(() => WritePicture(picture, picture.Classes.Take(top)));

    /// <summary>Ends the file and puts it in its place.</summary>
    /// <exception cref="OutputException">The disk is full, or the place may no longer be written.</exception>
    public void Complete() => file.Complete();

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public virtual void Dispose() => file.Dispose();

    /// <summary>Appends one picture.</summary>
    /// <param name="picture">Its name and label.</param>
    /// <param name="classes">Its top classes.</param>
    protected abstract void WritePicture(ImageClassification picture, IEnumerable<ClassProbability> classes);
}
