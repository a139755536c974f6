namespace Fovea.Images;

/// <summary>A pattern of paths: names without wildcards first (the folder to start in), then names with them.</summary>
/// <param name="Root">The folder to start in, as it was written; "." when the first name has a wildcard.</param>
/// <param name="Prefix">What stands before the names of the matches: the root with `/` behind it, or nothing.</param>
/// <param name="Names">The other names, from the first that has a wildcard; `**` is any depth of folders.</param>
internal sealed record GlobPattern(string Root, string Prefix, IReadOnlyList<string> Names)
{
    /// <summary>Whether a text has wildcards at all.</summary>
    public static bool HasWildcards(ReadOnlySpan<char> text) => text.ContainsAny("*?[");

    /// <summary>Splits a pattern. One without wildcards is taken as the name of one file.</summary>
    /// <exception cref="ImageException">More than 63 names from the first wildcard on.</exception>
    public static GlobPattern Parse(string pattern)
    {
        pattern = pattern.Replace(Path.DirectorySeparatorChar, '/');
        int wildcard = pattern.AsSpan().IndexOfAny("*?[");
        int fixedLength = pattern.LastIndexOf('/', wildcard < 0 ? pattern.Length - 1 : wildcard) + 1;
        string prefix = pattern[..fixedLength];
        string[] names = pattern[fixedLength..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is 0 or > GlobRule.MostNames) throw SourceThrow.NoMatch(pattern);
        return new(prefix.Length == 0 ? "." : prefix, prefix, names);
    }
}
