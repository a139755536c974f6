using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Training.Cli.Runs;
using Fovea.Training.Runs.Detection;
using Fovea.Training.Runs.Recipes;
using TorchSharp;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train detect`: a detector of the user's objects.</summary>
internal static class DetectCommand
{
    private static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "The encoder to start from: a run folder, a .pt, .safetensors or .onnx file, or a published model's name. Without it the recipe's encoder is trained from scratch.",
        HelpName = "MODEL",
    };

    private static readonly Option<string?> Annotations = new("--annotations")
    {
        Description = "A COCO annotation file of the pictures. Without it: the one that an _info.json names, else Pascal VOC files with the pictures.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Validation = new("--validation")
    {
        Description = "Pictures that choose the detector and are not trained on. Without it: the split val or validation of an _info.json.",
        HelpName = "PATH[#SPLIT]",
    };

    private static readonly Option<string?> ValidationAnnotations = new("--validation-annotations") { Description = "A COCO annotation file of the validation.", HelpName = "FILE" };

    public static Command Create(ToolConsole console)
    {
        Command command = new("detect", "Trains a detector on pictures with boxes: an encoder with a feature pyramid and a head.");
        TrainingOptions.AddTo(command);
        foreach (Option option in (ReadOnlySpan<Option>)[Model, Annotations, Validation, ValidationAnnotations]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            TrainingOptions options = TrainingOptions.Of(parsed);
            DetectionRecipe recipe = RecipeChoice.Resolve(options, DetectionRecipes.Get, DetectionRecipes.Names, Changes(parsed));
            if (options.Threads is { } threads) torch.set_num_threads(threads);
            TrainingDisplay.Run(console, options.IsQuiet, display => new DetectionSession(recipe, display.Session).Run(options.Output, options.IsResumed, options.LastStep, options.Device, cancellation));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // A model brings its own network.
    private static Func<DetectionRecipe, DetectionRecipe>? Changes(ParseResult parsed)
    {
        (string? model, string? annotations, string[] validation, string? others) = (parsed.GetValue(Model), parsed.GetValue(Annotations), parsed.GetValue(Validation) ?? [], parsed.GetValue(ValidationAnnotations));
        if (model is null && annotations is null && validation.Length == 0 && others is null) return null;
        return recipe =>
        {
            if (model is not null) recipe = recipe with { Model = model, Encoder = null };
            DetectionDataRecipe data = recipe.Data;
            return recipe with
            {
                Data = data with { Annotations = annotations ?? data.Annotations, Validation = validation.Length > 0 ? validation : data.Validation, ValidationAnnotations = others ?? data.ValidationAnnotations },
            };
        };
    }
}
