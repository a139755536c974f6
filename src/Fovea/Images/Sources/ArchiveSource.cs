namespace Fovea.Images;

/// <summary>One or more tar archives, one after the other; each with the name that its pictures carry in front.</summary>
/// <param name="archives">Path and name of each.</param>
/// <param name="count">Pictures in all, where the data set says.</param>
internal sealed class ArchiveSource(IReadOnlyList<(string Path, string Name)> archives, long? count = null) : ImageSource
{
    /// <summary>Path and name of each archive.</summary>
    public IReadOnlyList<(string Path, string Name)> Archives => archives;

    internal override bool MayHaveLabels => true;

    internal override long? Count(CancellationToken cancellationToken) => count;

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken) =>
        archives.SelectMany(archive => ArchivePictures.Read(archive.Path, archive.Name, cancellationToken));
}
