using System.CommandLine;
using Fovea.Cli.CommandLine;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train pretrain`.</summary>
internal static class PretrainCommand
{
    public static Command Create(ToolConsole console) => new("pretrain", "Pre-trains an encoder by I-JEPA.");
}
