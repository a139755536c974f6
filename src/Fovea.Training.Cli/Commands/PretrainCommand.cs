using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Training.Cli.Runs;
using Fovea.Training.Runs.Jepa;
using Fovea.Training.Runs.Recipes;
using TorchSharp;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train pretrain`: I-JEPA on the user's pictures.</summary>
internal static class PretrainCommand
{
    public static Command Create(ToolConsole console)
    {
        Command command = new("pretrain", "Pre-trains an encoder by I-JEPA on pictures without labels.");
        TrainingOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            TrainingOptions options = TrainingOptions.Of(parsed);
            PretrainingRecipe recipe = RecipeChoice.Resolve(options, PretrainingRecipes.Get, PretrainingRecipes.Names);
            if (options.Threads is { } threads) torch.set_num_threads(threads);
            TrainingDisplay.Run(console, options.IsQuiet, display => new PretrainingSession(recipe, display.Session).Run(options.Output, options.IsResumed, options.LastStep, options.Device, cancellation));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
