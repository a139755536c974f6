using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>
/// `fovea export -m MODEL -o FILE.onnx [PATH...]`: the whole network as one file; in int8, how far its embeddings are from float32. `-o FILE.safetensors [--half]`:
/// the weights alone, described.
/// </summary>
internal static class ExportCommand
{
    private const string WeightsExtension = ".safetensors";

    private static readonly Option<bool> Half = new("--half") { Description = "Weights in half precision; for .safetensors." };

    private static readonly Option<string?> Data = new("--data") { Description = "What the file says of the pictures that its model was trained on; default what the model says.", HelpName = "TEXT" };

    private static readonly Option<string?> Licence = new("--licence") { Description = "What the file says of the licence of its weights.", HelpName = "TEXT" };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The .onnx file to write, matrices above 1.5 GB go into FILE.onnx.data beside it; or a .safetensors file of the weights alone.",
        HelpName = "FILE",
        Required = true,
        Validators = { CommonOptions.EndsIn([.. ModelWriter.Extensions, WeightsExtension]) },
    };

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Pictures on which int8 is compared with fp32; drawn ones when none are given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("export", "Write a model as one .onnx file that describes itself, for one picture size, in fp32 or int8; or its weights as .safetensors.") { Output, Half, Data, Licence };
        RunOptions.AddTo(command, Paths);
        command.SetAction((parsed, cancellation) =>
        {
            RunOptions options = RunOptions.Of(parsed, parsed.GetRequiredValue(Output), Paths);
            bool isWeights = options.Output!.EndsWith(WeightsExtension, StringComparison.OrdinalIgnoreCase), isHalf = parsed.GetValue(Half);
            if (isHalf && !isWeights) throw new ToolException("--half is for .safetensors; an .onnx file is smaller by --precision int8.", ExitCode.WrongUsage);
            ModelOrigin origin = new(Data: parsed.GetValue(Data), Licence: parsed.GetValue(Licence));
            return isWeights ? WriteWeightsAsync(console, hub, options, origin, isHalf, cancellation) : RunAsync(console, hub, options, origin, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, ModelOrigin origin, CancellationToken cancellation)
    {
        string model = await options.ResolveModelAsync(console, hub, cancellation);
        using ModelExport export = Given.Use(() => ModelExport.Open(model, options.Encoder, origin));
        bool isInt8 = export.Precision == Precision.Int8;
        if (!isInt8 && options.Paths.Length > 0) throw new ToolException("pictures are for --precision int8: embeddings of an fp32 file are those of its model.", ExitCode.WrongUsage);
        using ModelWriter writer = ModelWriter.Create(options.Output!, export.NeedsMatrixFile);
        PrecisionCheck? check = isInt8 ? await PrecisionCheck.RunAsync(console, options, model, cancellation) : null;
        writer.Write(export);
        writer.Complete();
        await ReportAsync(console, options, export, writer, check);
        return ExitCode.Done;
    }

    private static async Task<int> WriteWeightsAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, ModelOrigin origin, bool isHalf, CancellationToken cancellation)
    {
        if (options.Encoder.Precision is not null || options.Paths.Length > 0) throw new ToolException("--precision and pictures are for .onnx files.", ExitCode.WrongUsage);
        string model = await options.ResolveModelAsync(console, hub, cancellation);
        using ModelFile file = Given.Use(() => ModelFile.OpenAny(model, options.Encoder.Network, options.Encoder.ImageSize));
        if (file.Matrices.Count > 0) throw new ToolException($"{model}: its matrices are bytes, which cannot become weights again; give the model that it was exported from.");
        file.Complete(origin);
        using OutputFile output = OutputFile.Create(options.Output!);
        try
        {
            WeightsFile.Write(output.Stream, file.Description, file.Weights, isHalf);
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(output.Path, failure);
        }
        output.Complete();
        if (!options.IsQuiet) await console.Error.WriteLineAsync($"weights, {(isHalf ? "half precision" : "fp32")}, pictures of {file.Description.ImageSize} -> {options.Output}");
        return ExitCode.Done;
    }

    private static async Task ReportAsync(ToolConsole console, RunOptions options, ModelExport export, ModelWriter writer, PrecisionCheck? check)
    {
        string precision = export.Precision == Precision.Int8 ? "int8" : "fp32";
        await using StreamWriter text = console.OpenText();
        if (options.PrintsJson)
        {
            JsonObject summary = new() { ["output"] = options.Output, ["data"] = writer.MatrixPath, ["precision"] = precision, ["comparison"] = check?.ToJson() };
            await text.WriteLineAsync(summary.ToJsonString(JsonText.Readable));
        }
        else if (check is not null)
        {
            await text.WriteLineAsync(check.ToString());
        }
        if (check is { IsGood: false })
        {
            await console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"fovea: a cosine is below {PrecisionCheck.LeastGood}: try the file on what you need it for, or export as fp32."));
        }
        if (options.IsQuiet) return;
        string files = writer.MatrixPath is { } data ? $"{options.Output}, {data}" : options.Output!;
        await console.Error.WriteLineAsync($"{precision}, pictures of {export.Description.ImageSize} -> {files}");
    }
}
