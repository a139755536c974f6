namespace Fovea.Cli.CommandLine;

/// <summary>The command cannot go on; the message is the sentence that the user reads.</summary>
/// <param name="message">What is wrong, where, what to do.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="cause">What told the tool; null: the tool itself.</param>
internal sealed class ToolException(string message, int exitCode = ExitCode.Failed, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
