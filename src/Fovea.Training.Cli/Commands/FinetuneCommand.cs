using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Training.Cli.Runs;
using Fovea.Training.Runs.Classification;
using Fovea.Training.Runs.Recipes;
using TorchSharp;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train finetune`: a classifier of the user's classes.</summary>
internal static class FinetuneCommand
{
    private static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "What to start from: a run folder, a .pt, .safetensors or .onnx file, or a published model's name. Without it the recipe's encoder is trained from scratch.",
        HelpName = "MODEL",
    };

    private static readonly Option<string[]> Validation = new("--validation")
    {
        Description = "Labelled pictures that choose the model and are not trained on. Without it: the split val or validation of an _info.json, else a tenth of the pictures.",
        HelpName = "PATH[#SPLIT]",
    };

    public static Command Create(ToolConsole console)
    {
        Command command = new("finetune", "Trains a classifier on labelled pictures: an encoder with a head, the head alone, or from scratch.");
        TrainingOptions.AddTo(command);
        command.Options.Add(Model);
        command.Options.Add(Validation);
        command.SetAction((parsed, cancellation) =>
        {
            TrainingOptions options = TrainingOptions.Of(parsed);
            FinetuneRecipe recipe = RecipeChoice.Resolve(options, FinetuneRecipes.Get, FinetuneRecipes.Names, Changes(parsed.GetValue(Model), parsed.GetValue(Validation) ?? []));
            if (options.Threads is { } threads) torch.set_num_threads(threads);
            TrainingDisplay.Run(console, options.IsQuiet, display => new FinetuneSession(recipe, display.Session).Run(options.Output, options.IsResumed, options.LastStep, options.Device, cancellation));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // A model brings its own network.
    private static Func<FinetuneRecipe, FinetuneRecipe>? Changes(string? model, string[] validation)
    {
        if (model is null && validation.Length == 0) return null;
        return recipe =>
        {
            if (model is not null) recipe = recipe with { Model = model, Encoder = null };
            return validation.Length == 0 ? recipe : recipe with { Data = recipe.Data with { Validation = validation } };
        };
    }
}
