using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace Fovea.Cli.CommandLine;

/// <summary>Runs one command line of a tool: what every command has in common, and the one place where exceptions become sentences and exit codes.</summary>
/// <param name="root">The tool's commands; its `HelpName` is what the tool is called.</param>
/// <param name="console">Where it reads and writes.</param>
/// <param name="explain">The exit code and the sentence of an exception that the tool knows; null for others.</param>
internal sealed class ToolRunner(RootCommand root, ToolConsole console, Func<Exception, (int ExitCode, string Sentence)?> explain)
{
    private readonly Option<bool> _debug = new("--debug") { Description = "Show where an error came from.", Recursive = true };

    /// <summary>Parses and runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation = default)
    {
        root.Options.Add(_debug);
        ParseResult parsed = root.Parse(arguments);
        if (Mistake(parsed) is { } mistake)
        {
            await console.Error.WriteLineAsync($"{root.HelpName}: {OneLine.Sentence(mistake)} `{Path(parsed)} --help` lists what there is.");
            return ExitCode.WrongUsage;
        }
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using StreamWriter help = console.OpenText();
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = help, Error = console.Error };
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception failure)
        {
            (int exitCode, string sentence) = explain(failure) ?? Explain(failure);
            await console.Error.WriteLineAsync($"{root.HelpName}: {sentence}");
            if (parsed.GetValue(_debug)) await console.Error.WriteLineAsync(failure.ToString());
            return exitCode;
        }

        // The first signal lets the command put its files in order; a second one ends the process as it always would.
        void Stop(PosixSignalContext signal)
        {
            if (stop.IsCancellationRequested) return;
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static (int ExitCode, string Sentence) Explain(Exception failure) => failure switch
    {
        ToolException known => (known.ExitCode, OneLine.Sentence(known.Message)),
        OperationCanceledException => (ExitCode.Cancelled, "stopped; nothing half-written is left."),
        ImageException or CheckpointException or HubException => (ExitCode.Failed, OneLine.Sentence(failure.Message)),
        InvalidOperationException or UnauthorizedAccessException or InsufficientMemoryException => (ExitCode.Failed, OneLine.Sentence(failure.Message)),
        OutOfMemoryException => (ExitCode.Failed, "the machine's memory does not suffice; use a smaller model or picture size, or fewer threads."),
        _ => (ExitCode.Failed, $"an error that should not happen: {OneLine.Sentence(Given.Words(failure))} Run the command with --debug and report what it shows."),
    };

    // The parser takes a mistyped option for a path, and a mistyped command for none at all.
    private static string? Mistake(ParseResult parsed)
    {
        string? option = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..])?.Value;
        if (option is not null) return $"there is no option '{option}'; a file of that name is ./{option}.";
        if (parsed.Errors.Count == 0) return null;
        if (parsed.CommandResult.Command.Subcommands.Count == 0) return parsed.Errors[0].Message;
        return parsed.UnmatchedTokens is [var unknown, ..] ? $"there is no command '{unknown}'." : "no command is named.";
    }

    // `fovea-train evaluate knn`: the command and those that it belongs to.
    private string Path(ParseResult parsed)
    {
        Stack<string> names = [];
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } command; result = result.Parent) names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend(root.HelpName!));
    }
}
