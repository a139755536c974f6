using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Hub;

namespace Fovea.Cli.Runs;

/// <summary>What the common options of a command that takes pictures say.</summary>
/// <param name="Model">`-m`; null: the model that ships.</param>
/// <param name="Encoder">`--network`, `--size`, `--precision`, `--threads`, `--exif`.</param>
/// <param name="Paths">PATH...</param>
/// <param name="Output">`-o`; null: standard output.</param>
/// <param name="IsStrict">The first picture that cannot be used ends the run.</param>
/// <param name="IsQuiet">No progress and no summary.</param>
/// <param name="PrintsJson">`--json`: results for people become JSON, and with `-o` the summary is printed as such.</param>
internal sealed record RunOptions(string? Model, EncoderOptions Encoder, string[] Paths, string? Output, bool IsStrict, bool IsQuiet, bool PrintsJson)
{
    /// <summary>What the model is called in results.</summary>
    public string ModelName => Model ?? Path.GetFileNameWithoutExtension(ModelReference.Shipped);

    /// <summary>Adds the options to a command, so that each means the same everywhere.</summary>
    /// <param name="command">The command.</param>
    /// <param name="paths">Its pictures; null: it needs some.</param>
    public static void AddTo(Command command, Argument<string[]>? paths = null)
    {
        command.Arguments.Add(paths ?? CommonOptions.Paths);
        foreach (Option option in (ReadOnlySpan<Option>)
            [
                CommonOptions.Model, CommonOptions.Network, CommonOptions.Size, CommonOptions.Precision, CommonOptions.Threads, CommonOptions.Exif,
                CommonOptions.Strict, CommonOptions.Quiet, CommonOptions.Json,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="ToolException">The model is named by an empty text.</exception>
    public static RunOptions Of(ParseResult parsed, string? output, Argument<string[]>? paths = null) => new(
        parsed.GetValue(CommonOptions.Model) is not "" ? parsed.GetValue(CommonOptions.Model) : throw new ToolException("-m is empty; give a file or a published model's name, or leave it out for the model that ships.", ExitCode.WrongUsage),
        new EncoderOptions
        {
            Network = parsed.GetValue(CommonOptions.Network),
            ImageSize = parsed.GetValue(CommonOptions.Size),
            Precision = parsed.GetValue(CommonOptions.Precision),
            Threads = parsed.GetValue(CommonOptions.Threads),
            AppliesOrientation = parsed.GetValue(CommonOptions.Exif),
        },
        parsed.GetValue(paths ?? CommonOptions.Paths) ?? [],
        output,
        parsed.GetValue(CommonOptions.Strict),
        parsed.GetValue(CommonOptions.Quiet),
        parsed.GetValue(CommonOptions.Json));

    /// <summary>The encoder that `-m` names.</summary>
    public async Task<ImageEncoder> LoadAsync(ToolConsole console, Func<ModelHub> hub, CancellationToken cancellation) =>
        await LoadAsync(await ResolveModelAsync(console, hub, cancellation), Encoder, cancellation);

    /// <summary>An encoder with options of the command line.</summary>
    /// <exception cref="ToolException">They do not suit the model.</exception>
    public static Task<ImageEncoder> LoadAsync(string path, EncoderOptions options, CancellationToken cancellation) =>
        Given.UseAsync(() => ImageEncoder.LoadAsync(path, options, cancellation));

    /// <summary>The file of the model that `-m` names; a published one that is not here is downloaded, and the download shown.</summary>
    public Task<string> ResolveModelAsync(ToolConsole console, Func<ModelHub> hub, CancellationToken cancellation) =>
        DownloadBar.ShowAsync(console, IsQuiet, Model ?? ModelReference.Shipped, progress => ModelReference.ResolveAsync(Model, hub, progress, cancellation));

    /// <summary>The pictures that PATH... names; `-` are the names on <paramref name="input"/>.</summary>
    /// <exception cref="ToolException">`-` stands beside other paths, or one is written wrongly.</exception>
    /// <exception cref="ImageException">A path names no picture.</exception>
    public ImageSource Source(TextReader input)
    {
        if (!Paths.Contains("-")) return Given.Use(() => ImageSource.Parse(Paths));
        return Paths.Length == 1 ? ImageSource.Names(input) : throw new ToolException("- stands for names on standard input and cannot have other paths beside it.", ExitCode.WrongUsage);
    }
}
