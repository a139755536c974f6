using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Runs;
using Fovea.Cli.Runs.Bench;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea bench [-m MODEL] [PATH...]`: what this machine does, in half a minute.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Pictures to decode; drawn ones when none are given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("bench", "Measure this machine: pictures per second in fp32 and int8, memory, share of its matrix-product peak. Without -m, the flagship with random weights.") { Paths };
        foreach (Option option in (ReadOnlySpan<Option>)[CommonOptions.Model, CommonOptions.Network, CommonOptions.Size, CommonOptions.Threads, CommonOptions.Quiet, CommonOptions.Json]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(console, hub, parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, ParseResult parsed, CancellationToken cancellation)
    {
        Action<string> say = parsed.GetValue(CommonOptions.Quiet) ? _ => { } : console.Error.WriteLine;
        using RandomModel? random = parsed.GetValue(CommonOptions.Model) is null ? new RandomModel() : null;
        string model = random?.Path ?? await ModelReference.ResolveAsync(parsed.GetValue(CommonOptions.Model)!, hub, progress: null, cancellation);
        EncoderOptions options = new()
        {
            Network = parsed.GetValue(CommonOptions.Network),
            ImageSize = parsed.GetValue(CommonOptions.Size),
            Threads = parsed.GetValue(CommonOptions.Threads),
        };
        string[] paths = parsed.GetValue(Paths) ?? [];
        ImageSource source = paths.Length == 0 ? DrawnPictures.Source : Given.Use(() => ImageSource.Parse(paths));
        MachineBench bench = new(model, options, [.. source.Open(cancellation).Take(MostPictures).Select(picture => (ReadOnlyMemory<byte>)picture.Read().ToArray())]);
        JsonObject figures = await Given.UseAsync(() => bench.RunAsync(say, cancellation));
        if (!parsed.GetValue(CommonOptions.Json))
        {
            MachineBench.Print(console, figures);
            return ExitCode.Done;
        }
        await using StreamWriter text = console.OpenText();
        await text.WriteLineAsync(figures.ToJsonString(JsonText.Readable));
        return ExitCode.Done;
    }

    // They stay in memory, encoded.
    private const int MostPictures = 64;
}
