using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs.Reports;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea models`: what can be had by name, and what of it is here.</summary>
internal static class ModelsCommand
{
    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("models", "List the published models: name, network, size, pictures, outputs, whether it is downloaded.") { CommonOptions.Json };
        command.SetAction(parsed => Run(console, hub(), parsed.GetValue(CommonOptions.Json)));
        return command;
    }

    private static int Run(ToolConsole console, ModelHub hub, bool asJson)
    {
        if (asJson) ModelList.WriteJson(console.Output, hub);
        else ModelList.WriteText(console.OpenText(), hub);
        return ExitCode.Done;
    }
}
