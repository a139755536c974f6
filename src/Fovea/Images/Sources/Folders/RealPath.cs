namespace Fovea.Images;

/// <summary>The path of a folder without links in it, by which two ways to one folder are known to be the same.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;        // Linux gives up there as well

    /// <summary>The real path of a folder; cheap when that of the folder around it is known and it is no link itself.</summary>
    /// <exception cref="IOException">More than 40 links lead to one another.</exception>
    public static string Of(string folder, string? parentRealPath)
    {
        DirectoryInfo info = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return parentRealPath is not null && info.LinkTarget is null ? Path.Combine(parentRealPath, info.Name) : Resolve(info.FullName);
    }

    private static string Resolve(string path)
    {
        string resolved = Path.GetPathRoot(path)!;
        Stack<string> rest = new(Names(path));
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            DirectoryInfo next = new(Path.Combine(resolved, name));
            if (next.LinkTarget is null)
            {
                resolved = next.FullName;
                continue;
            }
            if (++links > MostLinks) throw new IOException("too many links lead to one another");
            // The target may be relative and may have links in it: its names are walked in turn, from where the link lies.
            string target = next.ResolveLinkTarget(returnFinalTarget: false)!.FullName;
            resolved = Path.GetPathRoot(target)!;
            foreach (string part in Names(target)) rest.Push(part);
        }
        return resolved;
    }

    // Last name first, as a stack takes them.
    private static IEnumerable<string> Names(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
