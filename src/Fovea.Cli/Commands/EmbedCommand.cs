using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea embed PATH... [-o FILE]`: one embedding per picture.</summary>
internal static class EmbedCommand
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The file to write: .npy, .parquet or .jsonl; without it one JSON line per picture goes to standard output.",
        HelpName = "FILE",
        Validators = { CommonOptions.EndsIn(EmbeddingWriter.Extensions) },
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("embed", "Write the embedding of each picture.") { Output };
        RunOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(console, hub, RunOptions.Of(parsed, parsed.GetValue(Output)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, CancellationToken cancellation)
    {
        ImageSource source = options.Source(console.Input);
        using ImageEncoder encoder = await options.LoadAsync(console, hub, cancellation);
        using EmbeddingWriter writer = EmbeddingWriter.Create(options.Output, encoder.Width, source.MayHaveLabels, console.Output);
        PictureRun run = new(console, options);
        await run.OverAsync(
            source,
            skipped => encoder.EmbedAsync(source, skipped, cancellation),
            embedding => writer.Write(embedding.Name, embedding.Label, embedding.Values.Span),
            cancellation);
        writer.Complete();
        run.Summarise();
        return ExitCode.Done;
    }
}
