namespace Fovea.Cli.CommandLine;

/// <summary>The command cannot go on; the message is the sentence that the user reads.</summary>
/// <param name="message">What is wrong, where, what to do.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class ToolException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
