namespace Fovea.Images;

/// <summary>The files below a folder that a rule takes, in ordinal order: a folder's pictures, or the matches of a glob.</summary>
/// <param name="root">The folder to walk.</param>
/// <param name="prefix">What stands in front of relative paths in names: nothing, or text that ends with `/`.</param>
/// <param name="rule">Which files.</param>
internal sealed class FolderSource(string root, string prefix, IWalkRule rule) : ImageSource
{
    /// <summary>The folder that is walked; files are named relative to it.</summary>
    public string Root => root;

    /// <summary>What stands in front of relative paths in names.</summary>
    public string Prefix => prefix;

    /// <summary>The files in order, archives of a glob among them, and folders that cannot be read.</summary>
    public IEnumerable<FoundFile> Files(CancellationToken cancellationToken) => FolderWalk.InOrder(root, rule, cancellationToken);

    /// <summary>Whether there is anything at all: a file, or a folder below the root that cannot be read.</summary>
    /// <exception cref="ImageException">The root cannot be read.</exception>
    public bool HasFiles()
    {
        foreach (FoundFile file in FolderWalk.InAnyOrder(root, rule, CancellationToken.None))
        {
            return file.Name.Length > 0 ? true : throw file.Failure!;
        }
        return false;
    }

    // A folder gives picture files only, so it is not walked for the answer.
    internal override bool MayHaveLabels => rule is GlobRule && FolderWalk.InAnyOrder(root, rule, CancellationToken.None).Any(file => NameRules.IsArchive(file.Name));

    internal override long? Count(CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (FoundFile file in FolderWalk.InAnyOrder(root, rule, cancellationToken))
        {
            if (NameRules.IsArchive(file.Name)) return null;
            count++;
        }
        return count;
    }

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken) =>
        Files(cancellationToken).SelectMany(file => Pictures(file, cancellationToken));

    private IEnumerable<EncodedImage> Pictures(FoundFile file, CancellationToken cancellationToken)
    {
        string path = Path.Combine(root, file.Name), name = prefix + file.Name;
        if (file.Failure is not null) return [EncodedImage.Unusable(name, file.Failure)];
        return NameRules.IsArchive(file.Name) ? ArchivePictures.Read(path, name, cancellationToken) : [EncodedImage.OfFile(path, name)];
    }
}
