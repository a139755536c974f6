using System.Globalization;
using System.Text;

namespace Fovea.Cli.CommandLine;

/// <summary>Messages are one line each and safe for a terminal, whatever the names of files in them.</summary>
internal static class OneLine
{
    /// <summary>The text with every control character (line breaks, escape sequences, marks that turn the direction of writing) as `\u001B`.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnsafe)) return text;
        StringBuilder line = new();
        foreach (char letter in text)
        {
            if (IsUnsafe(letter)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else line.Append(letter);
        }
        return line.ToString();
    }

    /// <summary>A message as a sentence on one line.</summary>
    public static string Sentence(string message)
    {
        string line = Of(message.ReplaceLineEndings(" ").Trim());
        return line.EndsWith('.') ? line : line + ".";
    }

    private static bool IsUnsafe(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
