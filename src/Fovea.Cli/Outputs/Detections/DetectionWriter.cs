using Fovea.Tasks;

namespace Fovea.Cli.Outputs.Detections;

/// <summary>Detections of a run as one COCO result file: ids of pictures are known only when all names are, so entries wait until the end.</summary>
/// <remarks>Disposing without <see cref="Complete"/> leaves nothing behind.</remarks>
internal sealed class DetectionWriter : IDisposable
{
    private readonly OutputFile _file;
    private readonly IReadOnlyList<long> _categories;
    private readonly List<ImageDetections> _pictures = [];

    /// <param name="path">The file.</param>
    /// <param name="categories">The id of each class.</param>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public DetectionWriter(string path, IReadOnlyList<long> categories)
    {
        _file = OutputFile.Create(path);
        _categories = categories;
    }

    /// <summary>The extensions that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".json"];

    /// <summary>Objects so far.</summary>
    public long Objects { get; private set; }

    /// <summary>Appends one picture.</summary>
    public void Write(ImageDetections picture)
    {
        _pictures.Add(picture);
        Objects += picture.Objects.Count;
    }

    /// <summary>Writes everything and puts the file in its place.</summary>
    /// <exception cref="OutputException">The disk is full, or the place may no longer be written.</exception>
    public void Complete()
    {
        long[] ids = PictureIds.Of([.. _pictures.Select(picture => picture.Name)]);
        IEnumerable<CocoResult> results = _pictures.Zip(ids).SelectMany(pair => pair.First.Objects.Select(one =>
            new CocoResult(pair.Second, _categories[one.ClassIndex], one.Box, one.Score, pair.First.Name)));
        _file.OrRefuse(() => CocoResultsJson.Write(_file.Stream, results));
        _file.Complete();
    }

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public void Dispose() => _file.Dispose();
}
