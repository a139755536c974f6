using Fovea.Images;

namespace Fovea;

/// <summary>Pictures in order, each with a name: a file, a folder, a glob, an archive, a data set, bytes in memory, or several of these.</summary>
/// <remarks>
/// Nothing is read before it is needed. Folders are listed one at a time, archives are streamed and never unpacked, so a source of any
/// size takes little memory. A source may be read again and from several threads, except one of a stream or a list of names, which is
/// read once. A picture that cannot be read is reported when it is read and the source goes on; a damaged archive ends it.
/// Rules and names: docs/sources.md.
/// </remarks>
public abstract class ImageSource
{
    private protected ImageSource()
    {
    }

    /// <summary>One picture file, by its path; its name is the path as given, with `/`.</summary>
    /// <remarks>Any extension: the content decides whether it is a picture.</remarks>
    /// <exception cref="ImageException">There is no such file, or it is a folder.</exception>
    public static ImageSource File(string path) => new SingleSource(EncodedImage.OfFile(ArgumentPaths.RequireFile(path), ArgumentPaths.Name(path)));

    /// <summary>All pictures in a folder and the folders below it, in ordinal order of their paths relative to it, which are their names.</summary>
    /// <remarks>
    /// A picture is a file with the extension of one, in either case; other files and hidden ones are passed over. Links to folders are
    /// followed unless they lead back. A folder below that cannot be read counts as one picture that cannot be read.
    /// </remarks>
    /// <exception cref="ImageException">There is no such folder, or no picture in it.</exception>
    public static ImageSource Folder(string path) => ArgumentPaths.Folder(path, prefix: "");

    /// <summary>All files that match a pattern, in ordinal order of their paths relative to the folder in front of the first wildcard, which are their names.</summary>
    /// <param name="pattern">`*`, `?`, `[a-z]` and `[!a-z]` within one name, `**` for any depth of folders; case counts. Tar archives that match are opened.</param>
    /// <exception cref="ImageException">No file matches.</exception>
    public static ImageSource Glob(string pattern) => ArgumentPaths.Glob(pattern, isAlone: true);

    /// <summary>The pictures of a tar archive, plain or gzip-compressed: WebDataset samples, named `archive/key`, or plain files, named `archive/path`.</summary>
    /// <exception cref="ImageException">There is no such file.</exception>
    public static ImageSource Archive(string path) => new ArchiveSource([(ArgumentPaths.RequireFile(path), Path.GetFileName(path))]);

    /// <summary>The archives that an `_info.json` lists, with class indices where they have them.</summary>
    /// <param name="infoPath">The file; names of archives in it are relative to its folder.</param>
    /// <param name="splits">The splits to take, in this order; none is all, in the order of the file.</param>
    /// <exception cref="ImageException">The file is absent or damaged, has no such split, or an archive is missing.</exception>
    public static ImageSource Dataset(string infoPath, params string[] splits) => ArgumentPaths.Dataset(infoPath, splits, prefix: "");

    /// <summary>One encoded picture in memory.</summary>
    /// <param name="encoded">Its bytes; not copied, so they must not change while the source is in use.</param>
    /// <param name="name">What messages and outputs call it.</param>
    public static ImageSource Bytes(ReadOnlyMemory<byte> encoded, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new SingleSource(EncodedImage.OfBytes(encoded, name));
    }

    /// <summary>One encoded picture in a stream, read to its end when its turn comes and not closed.</summary>
    /// <param name="encoded">From its position on.</param>
    /// <param name="name">What messages and outputs call it.</param>
    public static ImageSource Stream(Stream encoded, string name)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new SingleSource(EncodedImage.OfStream(encoded, name));
    }

    /// <summary>Picture files whose paths come as lines, such as another program's output; the first is given out before the last has come.</summary>
    /// <param name="names">One path a line, relative to the current folder; empty lines are passed over. Not closed.</param>
    public static ImageSource Names(TextReader names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new NamesSource(names);
    }

    /// <summary>Sources one after the other; names are left as they are, so two pictures may share one.</summary>
    public static ImageSource All(IEnumerable<ImageSource> sources) => new SequenceSource([.. sources]);

    /// <summary>What commands take as PATH: a file, a folder, a glob, a `.tar` or `.tar.gz`, or an `_info.json`, which may have `#split+split` behind it.</summary>
    /// <exception cref="ImageException">It names no picture; the message says what to do.</exception>
    /// <exception cref="FormatException">What stands behind `#` or `@` is no split, or is a repeat factor, which only training takes.</exception>
    public static ImageSource Parse(string argument) => ArgumentPaths.Parse(argument, isAlone: true);

    /// <summary>Several PATHs, one after the other. So that names tell them apart, each has its PATH's folder in front: `a/1.jpg`, `b/1.jpg`.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ImageException">One of them names no picture.</exception>
    /// <exception cref="FormatException">As for one.</exception>
    public static ImageSource Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Count == 0) throw new ArgumentException("No path is given; name at least one.", nameof(arguments));
        return arguments.Count == 1 ? Parse(arguments[0]) : All([.. arguments.Select(argument => ArgumentPaths.Parse(argument, isAlone: false))]);
    }

    /// <summary>How many pictures there will be; null when only reading them would tell. A folder is walked for it: call it beside the work.</summary>
    internal abstract long? Count(CancellationToken cancellationToken);

    /// <summary>Whether pictures may have labels; those of a folder never do.</summary>
    internal virtual bool MayHaveLabels => false;

    /// <summary>The pictures in order. One thread enumerates, and any may read what it gives out.</summary>
    /// <exception cref="ImageException">The source itself is damaged; what was given out before is good.</exception>
    internal abstract IEnumerable<EncodedImage> Open(CancellationToken cancellationToken);
}
