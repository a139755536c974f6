namespace Fovea.Images;

/// <summary>From what a person wrote to a source: what kind of thing the path is, and which names its pictures get.</summary>
internal static class ArgumentPaths
{
    /// <summary>Reads one PATH.</summary>
    /// <param name="argument">`path[#split+split]`.</param>
    /// <param name="isAlone">Names are relative to the path; otherwise they have its folder in front.</param>
    public static ImageSource Parse(string argument, bool isAlone)
    {
        SourceReference reference = SourceReference.Parse(argument);
        if (reference.Factor is not null) throw new FormatException($"'{argument}' has a repeat factor, which only training data can have; leave the @ and what follows out.");
        return Open(reference, isAlone);
    }

    /// <summary>What a PATH names; its factor is not looked at.</summary>
    /// <param name="reference">The path and the splits to take; none is all.</param>
    /// <param name="isAlone">Names are relative to the path; otherwise they have its folder in front.</param>
    public static ImageSource Open(SourceReference reference, bool isAlone)
    {
        string path = reference.Path, folder = isAlone ? "" : Name(path[..^Path.GetFileName(path).Length]);
        if (File.Exists(path) && NameRules.IsInfo(path)) return Dataset(path, reference.Splits, folder);
        bool isFolder = Directory.Exists(path), isGlob = !isFolder && !File.Exists(path) && GlobPattern.HasWildcards(path);
        if (!isFolder && !isGlob) RequireFile(path);
        if (reference.Splits.Count > 0) throw SourceThrow.SplitOfNothing(path, string.Join('+', reference.Splits));
        if (isFolder) return Folder(path, isAlone ? "" : Name(path.EndsWith('/') ? path : path + "/"));
        if (isGlob) return Glob(path, isAlone);
        return NameRules.IsArchive(path) ? new ArchiveSource([(path, folder + Path.GetFileName(path))]) : ImageSource.File(path);
    }

    /// <summary>The path, once it is known to be a file's.</summary>
    public static string RequireFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path)) return path;
        throw Directory.Exists(path) ? SourceThrow.NotAFile(path) : SourceThrow.Missing(path);
    }

    /// <summary>A path as a name: `/` on every system.</summary>
    public static string Name(string path) => path.Replace(Path.DirectorySeparatorChar, '/');

    public static FolderSource Folder(string path, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path)) throw File.Exists(path) ? SourceThrow.NotAFolder(path) : SourceThrow.Missing(path);
        FolderSource source = new(path, prefix, PictureRule.Instance);
        return source.HasFiles() ? source : throw SourceThrow.NoPicture(path, OtherContent(path));
    }

    public static FolderSource Glob(string pattern, bool isAlone)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        GlobPattern glob = GlobPattern.Parse(pattern);
        if (!Directory.Exists(glob.Root)) throw SourceThrow.Missing(glob.Root);
        FolderSource source = new(glob.Root, isAlone ? "" : glob.Prefix, GlobRule.Start(glob));
        return source.HasFiles() ? source : throw SourceThrow.NoMatch(pattern);
    }

    public static ArchiveSource Dataset(string infoPath, IReadOnlyList<string> splitNames, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(infoPath);
        ArgumentNullException.ThrowIfNull(splitNames);
        IReadOnlyList<DatasetInfo.Split> splits = DatasetInfo.Read(infoPath).Choose(infoPath, splitNames);
        string folder = Path.GetDirectoryName(infoPath) ?? "";
        List<(string Path, string Name)> archives = [];
        foreach (string file in splits.SelectMany(split => split.Files))
        {
            if (file.Contains("://", StringComparison.Ordinal)) throw SourceThrow.WebArchive(infoPath, file);
            string path = Path.Combine(folder, file);
            archives.Add(File.Exists(path) ? (path, Path.IsPathRooted(file) ? file : prefix + file) : throw SourceThrow.MissingArchive(infoPath, file));
        }
        return new(archives, splits.Aggregate((long?)0, (sum, split) => sum + split.Samples));        // one unknown makes the sum unknown
    }

    // What a person who names a folder without pictures probably wants.
    private static string? OtherContent(string folder)
    {
        string info = Path.Combine(folder, "_info.json");
        if (File.Exists(info)) return $"its archives are listed in {info}: name that";
        return Directory.EnumerateFiles(folder).Any(file => NameRules.IsArchive(file)) ? $"it has tar archives: name them, {Path.Combine(folder, "*.tar")}" : null;
    }
}
