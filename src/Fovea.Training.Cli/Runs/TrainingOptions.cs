using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.CommandLine;
using TorchSharp;

namespace Fovea.Training.Cli.Runs;

/// <summary>What the options of a command that trains say; they mean the same in every one.</summary>
/// <param name="Recipe">`--recipe`: a name or a file; null: none was given.</param>
/// <param name="Data">`--data`, each.</param>
/// <param name="Output">`-o`: the run folder.</param>
/// <param name="IsResumed">`--resume`.</param>
/// <param name="LastStep">`--max-steps`: the step to stop after.</param>
/// <param name="Settings">`--set field=value`, each.</param>
/// <param name="Threads">`--threads`.</param>
/// <param name="UsesCuda">`--device cuda`.</param>
/// <param name="IsQuiet">`--quiet`.</param>
internal sealed record TrainingOptions(
    string? Recipe, IReadOnlyList<string> Data, string Output, bool IsResumed, long? LastStep, IReadOnlyList<string> Settings, int? Threads, bool UsesCuda, bool IsQuiet)
{
    private static readonly Option<string?> RecipeOption = new("--recipe") { Description = "A recipe's name, or a recipe.json.", HelpName = "NAME|FILE" };

    private static readonly Option<string[]> DataOption = new("--data")
    {
        Description = "Pictures: a folder, a .tar, an _info.json; #split+split takes parts of it, @factor repeats it. Give it more than once for a mixture.",
        HelpName = "PATH[#SPLIT][@FACTOR]",
    };

    private static readonly Option<string> OutputOption = new("--output", "-o") { Description = "The run folder: checkpoints, metrics, report, and the model.", HelpName = "RUN", Required = true };

    private static readonly Option<bool> ResumeOption = new("--resume") { Description = "Go on with the run of that folder." };

    private static readonly Option<long?> MaxStepsOption = new("--max-steps") { Description = "Stop after this step of the run; --resume goes on.", HelpName = "N", CustomParser = ParseSteps };

    private static readonly Option<string[]> SetOption = new("--set")
    {
        Description = "Another value for a field of the recipe: optimizer.epochs=20. The run folder's recipe.json names all fields.",
        HelpName = "FIELD=VALUE",
    };

    private static readonly Option<int?> ThreadsOption = new("--threads") { Description = "Processor threads to use; default all. Equal counts give equal bytes.", HelpName = "N", CustomParser = ParseThreads };

    private static readonly Option<string> DeviceOption = new("--device") { Description = "cpu or cuda (with a CUDA build of libtorch; not tested).", HelpName = "cpu|cuda", DefaultValueFactory = _ => "cpu" };

    private static readonly Option<bool> QuietOption = new("--quiet") { Description = "No progress and no summary." };

    static TrainingOptions() => DeviceOption.AcceptOnlyFromAmong("cpu", "cuda");

    /// <summary>Where to compute; null: the processor.</summary>
    /// <exception cref="ToolException">This build of libtorch, or this machine, has no CUDA.</exception>
    public torch.Device? Device => !UsesCuda ? null : torch.cuda.is_available()
        ? torch.CUDA
        : throw new ToolException("--device cuda: this libtorch finds no CUDA device; install a CUDA build of libtorch, or train on the processor.");

    public static void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[RecipeOption, DataOption, OutputOption, ResumeOption, MaxStepsOption, SetOption, ThreadsOption, DeviceOption, QuietOption])
        {
            command.Options.Add(option);
        }
    }

    public static TrainingOptions Of(ParseResult parsed) => new(
        parsed.GetValue(RecipeOption),
        parsed.GetValue(DataOption) ?? [],
        parsed.GetRequiredValue(OutputOption),
        parsed.GetValue(ResumeOption),
        parsed.GetValue(MaxStepsOption),
        parsed.GetValue(SetOption) ?? [],
        parsed.GetValue(ThreadsOption),
        parsed.GetValue(DeviceOption) == "cuda",
        parsed.GetValue(QuietOption));

    private static long? ParseSteps(ArgumentResult result)
    {
        if (long.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) && steps > 0) return steps;
        result.AddError($"'{result.Tokens[^1].Value}' is no number of steps; give 1 or more.");
        return null;
    }

    private static int? ParseThreads(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0) return threads;
        result.AddError($"'{result.Tokens[^1].Value}' is no number of threads; give 1 or more.");
        return null;
    }
}
