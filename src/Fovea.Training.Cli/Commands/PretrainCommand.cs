using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Training.Cli.Runs;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
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
            PretrainingRecipe recipe = Resolve(options);
            if (options.Threads is { } threads) torch.set_num_threads(threads);
            TrainingDisplay.Run(console, options.IsQuiet, display => new PretrainingSession(recipe, display, display.Say, display.Warn).Run(options.Output, options.IsResumed, options.LastStep, options.Device, cancellation));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // A resumed run has its recipe; one that is given beside must be the same.
    private static PretrainingRecipe Resolve(TrainingOptions options)
    {
        PretrainingRecipe? begun = options.IsResumed ? RunFolder.ReadRecipe<PretrainingRecipe>(options.Output) : null;
        if (begun is not null && options.Recipe is null && options.Settings.Count == 0 && options.Data.Count == 0) return begun;
        PretrainingRecipe recipe = options.Recipe is { } name
            ? PretrainingRecipes.Get(name)
            : begun ?? throw new ToolException($"no recipe is named; give --recipe {string.Join(" or ", PretrainingRecipes.Names)}, or a file.", ExitCode.WrongUsage);
        if (options.Data.Count > 0) recipe = recipe with { Data = recipe.Data with { Sources = options.Data } };
        else if (begun is not null) recipe = recipe with { Data = recipe.Data with { Sources = begun.Data.Sources } };
        recipe = RecipeJson.Set(recipe, options.Settings);
        if (begun is not null && RecipeJson.Differences(begun, recipe) is { Count: > 0 } differences) throw RunThrow.OtherRecipe(options.Output, differences);
        if (recipe.Data.Sources.Count == 0) throw new ToolException("no pictures are named; give --data PATH[#split][@factor].", ExitCode.WrongUsage);
        return recipe;
    }
}
