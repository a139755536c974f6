using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea download NAME`: a published model to the folder of downloads; its path is the result.</summary>
internal static class DownloadCommand
{
    public const string ForceOption = "--force";

    private static readonly Argument<string> Name = new("NAME") { Description = "A published model, as `fovea models` lists them." };

    private static readonly Option<string?> Format = new("--format") { Description = "The container, where a model is published in several.", HelpName = "FORMAT" };

    private static readonly Option<bool> Force = new(ForceOption) { Description = "Replace a file of the same name that is not the published one." };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("download", "Download a published model, or find it where it is, and print its path.") { Name, Format, Force, CommonOptions.Quiet };
        command.SetAction((parsed, cancellation) => RunAsync(
            console, hub(), parsed.GetRequiredValue(Name), parsed.GetValue(Format), parsed.GetValue(Force), parsed.GetValue(CommonOptions.Quiet), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, ModelHub hub, string name, string? format, bool overwrites, bool isQuiet, CancellationToken cancellation)
    {
        string path = await DownloadBar.ShowAsync(console, isQuiet, name, progress => hub.GetAsync(name, format, overwrites, progress, cancellation));
        await using StreamWriter text = console.OpenText();
        await text.WriteLineAsync(path);
        return ExitCode.Done;
    }
}
