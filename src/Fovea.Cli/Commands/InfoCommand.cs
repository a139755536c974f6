using System.CommandLine;
using Fovea.Checkpoints;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs.Reports;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea info FILE`: what any readable checkpoint holds, also one of no known network; with `--check`, whether it is the published one.</summary>
internal static class InfoCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A .pt, .safetensors or exported .onnx file, a run folder, or the name of a published model.", Validators = { CommonOptions.NotEmpty } };

    private static readonly Option<bool> Hash = new("--hash") { Description = "Add the SHA-256 of each tensor's dense, row-major, little-endian bytes." };

    private static readonly Option<bool> Check = new("--check") { Description = "Compare a published model's file with the registry and the network's configuration." };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("info", "List what a checkpoint holds: network, tensors, element types, shapes.") { File, CommonOptions.Network, CommonOptions.Json, Hash, Check };
        command.SetAction((parsed, cancellation) => parsed.GetValue(Check)
            ? CheckAsync(console, hub(), parsed.GetRequiredValue(File), parsed.GetValue(CommonOptions.Json), cancellation)
            : ListAsync(console, hub, parsed.GetRequiredValue(File), parsed.GetValue(CommonOptions.Network), parsed.GetValue(CommonOptions.Json), parsed.GetValue(Hash), cancellation));
        return command;
    }

    private static async Task<int> ListAsync(ToolConsole console, Func<ModelHub> hub, string reference, string? network, bool asJson, bool hashes, CancellationToken cancellation)
    {
        string path = await DownloadBar.ShowAsync(console, isQuiet: false, reference, progress => ModelReference.ResolveAsync(reference, hub, progress, cancellation));
        using Checkpoint checkpoint = Checkpoint.Open(path);
        CheckpointSummary summary = Given.Use(() => CheckpointSummary.Of(checkpoint, network));
        if (asJson) CheckpointReport.WriteJson(console.Output, checkpoint, summary, hashes);
        else CheckpointReport.WriteText(console.OpenText(), checkpoint, summary, hashes);
        return ExitCode.Done;
    }

    private static async Task<int> CheckAsync(ToolConsole console, ModelHub hub, string reference, bool asJson, CancellationToken cancellation)
    {
        LocatedModel located = await DownloadBar.ShowAsync(console, isQuiet: false, reference, progress => ModelCheck.LocateAsync(reference, hub, progress, cancellation));
        IReadOnlyList<CheckedFact> facts = await ModelCheck.RunAsync(located, cancellation);
        if (asJson) CheckReport.WriteJson(console.Output, located.Path, facts);
        else CheckReport.WriteText(console.OpenText(), located.Path, facts);
        return facts.Any(fact => fact.Outcome == CheckOutcome.Differs) ? ExitCode.Failed : ExitCode.Done;
    }
}
