namespace Fovea.Cli.CommandLine;

/// <summary>What the tool tells its caller (docs/formats.md).</summary>
internal static class ExitCode
{
    /// <summary>Done, perhaps with skipped pictures.</summary>
    public const int Done = 0;

    /// <summary>The input or the environment was at fault, or no picture at all could be used.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Cancelled = 130;
}
