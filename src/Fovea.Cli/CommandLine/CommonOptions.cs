using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Checkpoints;

namespace Fovea.Cli.CommandLine;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    public static Option<string?> Model { get; } = new("--model", "-m")
    {
        Description = "The model: a .pt, .safetensors or exported .onnx file, a run folder, or a published model's name (see fovea models). Default: the small model that ships.",
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

    public static Option<Precision?> Precision { get; } = new("--precision")
    {
        Description = "fp32 (the reference's numbers; the default, but for an .onnx that was exported as int8) or int8 (faster, smaller, cosine about 0.9995 to fp32).",
        HelpName = "fp32|int8",
        CustomParser = ParsePrecision,
    };

    public static Option<int?> Threads { get; } = new("--threads")
    {
        Description = "Processor threads to use; default all.",
        HelpName = "N",
        CustomParser = ParseThreads,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON; with -o, a summary of the run." };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress and no summary; skipped pictures are still listed." };

    public static Option<bool> Strict { get; } = new("--strict") { Description = "The first picture that cannot be used ends the run." };

    public static Option<bool> Exif { get; } = new("--exif") { Description = "Apply the EXIF orientation, which the reference ignores." };

    /// <summary>PATH...: pictures, folders, globs, archives, `_info.json`; `-` for names on standard input.</summary>
    public static Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Pictures, folders, globs, .tar archives, _info.json; - reads names from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>A validator that refuses a file name with another extension than these.</summary>
    public static Action<OptionResult> EndsIn(IReadOnlyList<string> extensions) => result =>
    {
        if (result.Tokens is [var file] && Path.GetFileNameWithoutExtension(file.Value).Length == 0)
        {
            result.AddError($"'{file.Value}' has nothing before its extension; give the file a name.");
        }
        else if (result.Tokens is [var other] && !extensions.Contains(Path.GetExtension(other.Value), StringComparer.OrdinalIgnoreCase))
        {
            result.AddError($"'{other.Value}' must end in {string.Join(" or ", extensions)}.");
        }
    };

    /// <summary>A validator that refuses an empty argument: mostly a variable of a script that is not set.</summary>
    public static void NotEmpty(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: "" }]) result.AddError($"{result.Argument.Name} is empty; write something there.");
    }

    /// <summary>The option that gives what a model file lacks.</summary>
    public static string Of(ModelFact lacking) => lacking == ModelFact.Network ? "--network NAME" : "--size HxW";

    private static Precision? ParsePrecision(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value)
        {
            case "fp32": return Fovea.Precision.Float32;
            case "int8": return Fovea.Precision.Int8;
            default:
                result.AddError($"'{result.Tokens[^1].Value}' is no precision; write fp32 or int8.");
                return null;
        }
    }

    private static int? ParseThreads(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0) return threads;
        result.AddError($"'{result.Tokens[^1].Value}' is no number of threads; give 1 or more.");
        return null;
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
