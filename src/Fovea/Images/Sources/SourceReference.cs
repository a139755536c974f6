using System.Globalization;

namespace Fovea.Images;

/// <summary>What data options take, `PATH[#split[+split]][@factor]`: `caltech101/_info.json#train+extra@2`.</summary>
/// <param name="Path">A file, folder, glob or archive.</param>
/// <param name="Splits">Names of splits, in the order given; none where the text has none.</param>
/// <param name="Factor">How often an epoch holds each picture, at least 0; null where the text has none.</param>
internal sealed record SourceReference(string Path, IReadOnlyList<string> Splits, double? Factor)
{
    /// <summary>Reads the text. A file or folder that exists under a name with `#` or `@` in it is that file or folder.</summary>
    /// <exception cref="FormatException">An empty path, an empty split, or a factor below 0.</exception>
    public static SourceReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string head, double? factor) = Exists(text) ? (text, null) : SplitFactor(text);
        (string path, string[] splits) = Exists(head) ? (head, []) : SplitSplits(head);
        if (path.Length == 0) throw new FormatException($"'{text}' has no path; write PATH, PATH#split or PATH#split+split@factor.");
        if (splits.Contains("")) throw new FormatException($"'{text}' has an empty split; write PATH#split or PATH#split+split.");
        return new(path, splits, factor);
    }

    // Only a number is a factor: `a@b.jpg` has none.
    private static (string Head, double? Factor) SplitFactor(string text)
    {
        int at = text.LastIndexOf('@');
        if (at < 0 || !double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) || !double.IsFinite(factor)) return (text, null);
        if (factor < 0) throw new FormatException($"'{text}' has the factor {text[(at + 1)..]}; it is a number from 0 up.");
        return (text[..at], factor);
    }

    private static (string Path, string[] Splits) SplitSplits(string text)
    {
        int hash = text.LastIndexOf('#');
        return hash < 0 ? (text, []) : (text[..hash], text[(hash + 1)..].Split('+'));
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
