using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs.Classes;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea classify PATH... [--top N] [--json] [-o FILE.jsonl]`: the most probable classes of each picture.</summary>
internal static class ClassifyCommand
{
    private const int DefaultTop = 5;

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The .jsonl file to write; without it the classes go to standard output.",
        HelpName = "FILE",
        Validators = { CommonOptions.EndsIn(ClassificationWriter.Extensions) },
    };

    private static readonly Option<int> Top = new("--top")
    {
        Description = "The number of classes of each picture, the most probable first.",
        HelpName = "N",
        CustomParser = ParseTop,
        DefaultValueFactory = _ => DefaultTop,
    };

    private static readonly Option<bool> Augments = new("--tta")
    {
        Description = "Test-time augmentation: average the probabilities of five crops of each picture; the network runs five times for each.",
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("classify", "Tell the most probable classes of each picture.") { Output, Top, Augments };
        RunOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            RunOptions options = RunOptions.Of(parsed, parsed.GetValue(Output));
            // What ships is an encoder.
            if (options.Model is null) throw new ToolException("no classifier is named; give a run folder of fovea-train finetune, a file or a published model's name with -m.", ExitCode.WrongUsage);
            options = options with { Encoder = options.Encoder with { TestTimeAugmentation = parsed.GetValue(Augments) } };
            return RunAsync(console, hub, options, parsed.GetValue(Top), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, int top, CancellationToken cancellation)
    {
        ImageSource source = options.Source(console.Input);
        string model = await options.ResolveModelAsync(console, hub, cancellation);
        using ImageClassifier classifier = await Given.UseAsync(() => ImageClassifier.LoadAsync(model, options.Encoder, cancellation));
        using ClassificationWriter writer = ClassificationWriter.Create(options.Output, options.PrintsJson, top, console.Output);
        PictureRun run = new(console, options);
        await run.OverAsync(source, skipped => classifier.ClassifyAsync(source, skipped, cancellation), writer.Write, cancellation);
        writer.Complete();
        run.Summarise();
        return ExitCode.Done;
    }

    // More than there are is all of them.
    private static int ParseTop(ArgumentResult result)
    {
        if (ulong.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong top) && top > 0) return (int)Math.Min(top, int.MaxValue);
        result.AddError($"'{result.Tokens[^1].Value}' is no number of classes; give 1 or more.");
        return DefaultTop;
    }
}
