using System.CommandLine;
using Fovea.Cli.Commands;
using Fovea.Cli.Outputs;
using Fovea.Hub;
using Fovea.Insight;

namespace Fovea.Cli.CommandLine;

/// <summary>The tool `fovea`: its commands, and what its exceptions tell a user.</summary>
internal static class FoveaTool
{
    /// <summary>Parses and runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="console">Where it reads and writes.</param>
    /// <param name="hub">The published models; null: those of this process's environment.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments, ToolConsole console, Func<ModelHub>? hub = null, CancellationToken cancellation = default) =>
        new ToolRunner(Root(console, hub ?? ModelHub.OfProcess), console, Explain).RunAsync(arguments, cancellation);

    private static RootCommand Root(ToolConsole console, Func<ModelHub> hub)
    {
        RootCommand root = new("Pictures to embeddings, feature maps, classes and objects, with the numbers of the reference.") { HelpName = "fovea" };
        root.Subcommands.Add(EmbedCommand.Create(console, hub));
        root.Subcommands.Add(FeaturesCommand.Create(console, hub));
        root.Subcommands.Add(ClassifyCommand.Create(console, hub));
        root.Subcommands.Add(DetectCommand.Create(console, hub));
        root.Subcommands.Add(InspectCommand.Create(console, hub));
        root.Subcommands.Add(ExportCommand.Create(console, hub));
        root.Subcommands.Add(InfoCommand.Create(console, hub));
        root.Subcommands.Add(ModelsCommand.Create(console, hub));
        root.Subcommands.Add(DownloadCommand.Create(console, hub));
        root.Subcommands.Add(BenchCommand.Create(console, hub));
        return root;
    }

    private static (int ExitCode, string Sentence)? Explain(Exception failure) => failure switch
    {
        CheckpointException { Lacks: { } lacking } refusal => (ExitCode.Failed, $"{OneLine.Sentence(refusal.Message)[..^1]} ({CommonOptions.Of(lacking)})."),
        HubException { NeedsOverwriting: true } refusal => (ExitCode.Failed, $"{OneLine.Sentence(refusal.Message)[..^1]} (fovea download {DownloadCommand.ForceOption})."),
        OutputException or AnnotationException => (ExitCode.Failed, OneLine.Sentence(failure.Message)),
        IOException refusal => (ExitCode.Failed, OneLine.Sentence(OutputThrow.Refused("standard output", refusal).Message)),
        _ => null,
    };
}
