using System.CommandLine;
using Fovea.Checkpoints;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs;

namespace Fovea.Cli.Commands;

/// <summary>`fovea info FILE`: what any readable checkpoint holds, also one of no known network.</summary>
internal static class InfoCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A .pt or .safetensors file." };

    private static readonly Option<bool> Hash = new("--hash") { Description = "Add the SHA-256 of each tensor's dense, row-major, little-endian bytes." };

    public static Command Create(ToolConsole console)
    {
        Command command = new("info", "List what a checkpoint holds: network, tensors, element types, shapes.") { File, CommonOptions.Network, CommonOptions.Json, Hash };
        command.SetAction(parsed => Run(console, parsed.GetRequiredValue(File), parsed.GetValue(CommonOptions.Network), parsed.GetValue(CommonOptions.Json), parsed.GetValue(Hash)));
        return command;
    }

    private static int Run(ToolConsole console, string path, string? network, bool asJson, bool hashes)
    {
        using Checkpoint checkpoint = Checkpoint.Open(path);
        CheckpointSummary summary = CheckpointSummary.Of(checkpoint, network);
        if (asJson) CheckpointReport.WriteJson(console.Output, checkpoint, summary, hashes);
        else CheckpointReport.WriteText(console.OpenText(), checkpoint, summary, hashes);
        return ExitCode.Done;
    }
}
