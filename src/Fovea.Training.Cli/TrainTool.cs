using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Training.Cli.Commands;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;

namespace Fovea.Training.Cli;

/// <summary>The tool `fovea-train`: its commands, and what its exceptions tell a user.</summary>
internal static class TrainTool
{
    /// <summary>Parses and runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="console">Where it reads and writes.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments, ToolConsole console, CancellationToken cancellation = default) =>
        new ToolRunner(Root(console), console, Explain).RunAsync(arguments, cancellation);

    private static RootCommand Root(ToolConsole console)
    {
        RootCommand root = new("Trains image encoders on your own pictures, and measures them.") { HelpName = "fovea-train" };
        root.Subcommands.Add(PretrainCommand.Create(console));
        root.Subcommands.Add(FinetuneCommand.Create(console));
        root.Subcommands.Add(DetectCommand.Create(console));
        root.Subcommands.Add(EvaluateCommand.Create(console));
        return root;
    }

    private static (int ExitCode, string Sentence)? Explain(Exception failure) => failure switch
    {
        RunException or TrainingDataException or EvaluationException or Annotations.AnnotationException or Insight.AnnotationException => (ExitCode.Failed, OneLine.Sentence(failure.Message)),
        // Numbers of a recipe and words of a source come from the command line.
        ArgumentException or FormatException => (ExitCode.WrongUsage, OneLine.Sentence(Given.Words(failure))),
        OperationCanceledException => (ExitCode.Cancelled, "stopped; a training run goes on with --resume."),
        _ => null,
    };
}
