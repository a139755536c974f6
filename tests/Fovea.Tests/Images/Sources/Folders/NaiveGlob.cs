using System.Text.RegularExpressions;

namespace Fovea.Tests.Images.Sources;

/// <summary>What a glob means, said as plainly as possible: names by regular expressions, `**` by trying every depth. Hidden names are not covered.</summary>
internal static class NaiveGlob
{
    public static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] != "**") return !path.IsEmpty && IsName(pattern[0], path[0]) && Matches(pattern[1..], path[1..]);
        if (pattern.Length == 1) return !path.IsEmpty;
        return Matches(pattern[1..], path) || (path.Length > 1 && Matches(pattern, path[1..]));
    }

    private static bool IsName(string pattern, string name)
    {
        string expression = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal);
        expression = Regex.Replace(expression, @"\\\[(!?)(.*?)\]", set => $"[{(set.Groups[1].Length > 0 ? "^" : "")}{set.Groups[2].Value}]");
        return Regex.IsMatch(name, $"^{expression}$", RegexOptions.Singleline);
    }
}
