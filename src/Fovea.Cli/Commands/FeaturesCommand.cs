using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea features PATH... -o FILE.npz`: feature maps and tokens.</summary>
internal static class FeaturesCommand
{
    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The .npz file to write: one array per layer, and names.",
        HelpName = "FILE",
        Required = true,
        Validators = { CommonOptions.EndsIn(FeatureWriter.Extensions) },
    };

    private static readonly Option<EncoderOutput[]> Layers = new("--layer")
    {
        Description = "neck (default), a block's number from 0 to depth - 1, or tokens; may be given several times.",
        HelpName = "neck|N|tokens",
        CustomParser = ParseLayers,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("features", "Write the feature maps of each picture.") { Output, Layers };
        RunOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            RunAsync(console, hub, RunOptions.Of(parsed, parsed.GetRequiredValue(Output)), parsed.GetValue(Layers) is { Length: > 0 } layers ? layers : [EncoderOutput.Neck], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, EncoderOutput[] layers, CancellationToken cancellation)
    {
        ImageSource source = options.Source(console.Input);
        using ImageEncoder encoder = await options.LoadAsync(console, hub, cancellation);
        using FeatureWriter writer = FeatureWriter.Create(options.Output!);
        PictureRun run = new(console, options);
        await run.OverAsync(
            source,
            skipped => Given.Use(() => encoder.FeaturesAsync(source, layers, skipped, cancellation)),
            picture => writer.Write(picture.Name, [.. picture.Features]),
            cancellation);
        writer.Complete();
        run.Summarise();
        return ExitCode.Done;
    }

    private static EncoderOutput[]? ParseLayers(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(token => EncoderOutput.Parse(token.Value)).Distinct()];
        }
        catch (FormatException mistake)
        {
            result.AddError(mistake.Message);
            return null;
        }
    }
}
