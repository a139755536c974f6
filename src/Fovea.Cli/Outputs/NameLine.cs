namespace Fovea.Cli.Outputs;

/// <summary>A picture's name as one line of `x.names.txt`: a backslash and the two line breaks are escaped, everything else stands for itself.</summary>
internal static class NameLine
{
    public static string Escape(string name) => name
        .Replace("\\", "\\\\", StringComparison.Ordinal)     // first: the others bring backslashes of their own
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);
}
