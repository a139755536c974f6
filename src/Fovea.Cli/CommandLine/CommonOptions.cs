using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Checkpoints;

namespace Fovea.Cli.CommandLine;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    public static Option<string?> Model { get; } = new("--model", "-m")
    {
        Description = "The model: a .pt or .safetensors file, a run folder, or a published model's name (see fovea models).",
        HelpName = "MODEL",
    };


    public static Option<string?> Network { get; } = new("--network")
    {
        Description = "The network that the model file holds, where neither its content nor its name tells it.",
        HelpName = "NAME",
    };

    public static Option<ImageSize?> Size { get; } = new("--size")
    {
        Description = "Resize pictures to N x N or H x W pixels instead of the model's own size.",
        HelpName = "N|HxW",
        CustomParser = ParseSize,
    };

    public static Option<int?> Threads { get; } = new("--threads") { Description = "Processor threads to use; default all.", HelpName = "N" };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress and no summary; skipped pictures are still listed." };

    public static Option<bool> Strict { get; } = new("--strict") { Description = "The first picture that cannot be used ends the run." };

    public static Option<bool> Exif { get; } = new("--exif") { Description = "Apply the EXIF orientation, which the reference ignores." };

    /// <summary>PATH...: pictures, folders, globs, archives, `_info.json`; `-` for names on standard input.</summary>
    public static Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Pictures, folders, globs, .tar archives, _info.json; - reads names from standard input.",
        Arity = ArgumentArity.OneOrMore,
        Validators = { RefuseOptions },
    };

    /// <summary>A validator that refuses a file name with another extension than these.</summary>
    public static Action<OptionResult> EndsIn(IReadOnlyList<string> extensions) => result =>
    {
        if (result.Tokens is [var file] && !extensions.Contains(Path.GetExtension(file.Value), StringComparer.OrdinalIgnoreCase))
        {
            result.AddError($"'{file.Value}' must end in {string.Join(" or ", extensions)}.");
        }
    };

    /// <summary>The option that gives what a model file lacks.</summary>
    public static string Of(ModelFact lacking) => lacking == ModelFact.Network ? "--network NAME" : "--size HxW";

    // The parser takes a mistyped option for one more path; a file of such a name can still be given as ./-name.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value is ['-', _, ..]) result.AddError($"There is no option '{token.Value}'.");
        }
    }

    private static ImageSize? ParseSize(ArgumentResult result)
    {
        try
        {
            return ImageSize.Parse(result.Tokens[^1].Value);
        }
        catch (FormatException mistake)
        {
            result.AddError(mistake.Message);
            return null;
        }
    }
}
