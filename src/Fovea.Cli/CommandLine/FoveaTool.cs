using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Fovea.Cli.Commands;
using Fovea.Cli.Outputs;
using Fovea.Hub;

namespace Fovea.Cli.CommandLine;

/// <summary>The tool `fovea`: its commands, and the one place where exceptions become sentences and exit codes.</summary>
internal static class FoveaTool
{
    private static readonly Option<bool> Debug = new("--debug") { Description = "Show where an error came from.", Recursive = true };

    /// <summary>Parses and runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="console">Where it reads and writes.</param>
    /// <param name="hub">The published models; null: those of this process's environment.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, ToolConsole console, Func<ModelHub>? hub = null, CancellationToken cancellation = default)
    {
        ParseResult parsed = Root(console, hub ?? ModelHub.OfProcess).Parse(arguments);
        if (Mistake(parsed) is { } mistake)
        {
            await console.Error.WriteLineAsync($"fovea: {Sentence(mistake)} `{Path(parsed)} --help` lists what there is.");
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
            (int exitCode, string sentence) = Explain(failure);
            await console.Error.WriteLineAsync($"fovea: {sentence}");
            if (parsed.GetValue(Debug)) await console.Error.WriteLineAsync(failure.ToString());
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

    private static RootCommand Root(ToolConsole console, Func<ModelHub> hub)
    {
        RootCommand root = new("Pictures to embeddings and feature maps, with the numbers of the reference.") { HelpName = "fovea" };
        root.Options.Add(Debug);
        root.Subcommands.Add(EmbedCommand.Create(console, hub));
        root.Subcommands.Add(FeaturesCommand.Create(console, hub));
        root.Subcommands.Add(ExportCommand.Create(console, hub));
        root.Subcommands.Add(InfoCommand.Create(console, hub));
        root.Subcommands.Add(ModelsCommand.Create(console, hub));
        root.Subcommands.Add(DownloadCommand.Create(console, hub));
        return root;
    }

    private static (int ExitCode, string Sentence) Explain(Exception failure) => failure switch
    {
        ToolException known => (known.ExitCode, Sentence(known.Message)),
        OperationCanceledException => (ExitCode.Cancelled, "stopped; nothing half-written is left."),
        CheckpointException { Lacks: { } lacking } refusal => (ExitCode.Failed, $"{Sentence(refusal.Message)[..^1]} ({CommonOptions.Of(lacking)})."),
        HubException { NeedsOverwriting: true } refusal => (ExitCode.Failed, $"{Sentence(refusal.Message)[..^1]} (fovea download {DownloadCommand.ForceOption})."),
        ImageException or CheckpointException or HubException or OutputException => (ExitCode.Failed, Sentence(failure.Message)),
        IOException refusal => (ExitCode.Failed, Sentence(OutputThrow.Refused("standard output", refusal).Message)),
        InvalidOperationException or UnauthorizedAccessException => (ExitCode.Failed, Sentence(failure.Message)),
        InsufficientMemoryException => (ExitCode.Failed, Sentence(failure.Message)),
        OutOfMemoryException => (ExitCode.Failed, "the machine's memory does not suffice; use a smaller model or picture size, or fewer threads."),
        _ => (ExitCode.Failed, $"an error that should not happen: {Sentence(Given.Words(failure))} Run the command with --debug and report what it shows."),
    };

    // The parser takes a mistyped option for a path, and a mistyped command for none at all.
    private static string? Mistake(ParseResult parsed)
    {
        string? option = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..])?.Value;
        if (option is not null) return $"there is no option '{option}'; a file of that name is ./{option}.";
        if (parsed.Errors.Count == 0) return null;
        if (parsed.CommandResult.Command is not RootCommand) return parsed.Errors[0].Message;
        return parsed.UnmatchedTokens is [var unknown, ..] ? $"there is no command '{unknown}'." : "no command is named.";
    }

    private static string Sentence(string message)
    {
        string line = OneLine.Of(message.ReplaceLineEndings(" ").Trim());
        return line.EndsWith('.') ? line : line + ".";
    }

    private static string Path(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "fovea" : $"fovea {parsed.CommandResult.Command.Name}";
}
