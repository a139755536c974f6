using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Hub;
using Fovea.Insight;
using Fovea.Pages;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train evaluate discovery MODEL --test SOURCE --boxes FILE`: CorLoc of objects that are found without labels.</summary>
internal static class DiscoveryCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "A run folder, a .pt, .safetensors or .onnx file, or a published model's name." };
    private static readonly Option<string> Test = new("--test") { Description = "Pictures: PATH[#split].", HelpName = "SOURCE", Required = true };
    private static readonly Option<string> Boxes = new("--boxes") { Description = "Annotated objects: a COCO .json or a folder of Pascal VOC .xml.", HelpName = "FILE|FOLDER", Required = true };
    private static readonly Option<string> Features = new("--features") { Description = "What patches are compared by: k (keys, default), q (queries), v (values) or out (outputs).", HelpName = "k|q|v|out", DefaultValueFactory = _ => "k" };
    private static readonly Option<int?> Block = new("--block") { Description = "The block, from 0; default the last.", HelpName = "N" };
    private static readonly Option<int?> MostPixels = new("--max-side") { Description = "Make pictures with a longer side smaller; it changes results. Default: full size.", HelpName = "N", CustomParser = result => ParseNumber(result, 1) };
    private static readonly Option<ImageSize?> Size = new("--size") { Description = "Stretch all pictures to this size instead of padding each one.", HelpName = "N|HxW", CustomParser = ParseSize };
    private static readonly Option<bool> Centre = new("--center") { Description = "Take the mean of a picture's patches off first." };
    private static readonly Option<string> Bias = new("--bias") { Description = "Added to every similarity: a number (default 0), or auto: half of the similarities become positive.", HelpName = "N|auto", DefaultValueFactory = _ => "0" };
    private static readonly Option<string?> Network = new("--network") { Description = "The network that the file holds, where it does not tell.", HelpName = "NAME" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "A folder for the report as JSON, boxes included.", HelpName = "FOLDER" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the report as JSON." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Processor threads to use; default all.", HelpName = "N", CustomParser = result => ParseNumber(result, 1) };

    static DiscoveryCommand()
    {
        Features.AcceptOnlyFromAmong("k", "q", "v", "out");
        Bias.Validators.Add(result =>
        {
            string given = result.Tokens.Count == 0 ? "0" : result.Tokens[^1].Value;
            if (given != "auto" && !double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) result.AddError($"'{given}' is no bias; give a number or auto.");
        });
    }

    public static Command Create(ToolConsole console)
    {
        Command command = new("discovery", "Object discovery without labels (LOST): how often the one box found in a picture meets an annotated object (CorLoc).") { Model };
        foreach (Option option in (ReadOnlySpan<Option>)[Test, Boxes, Features, Block, MostPixels, Size, Centre, Bias, Network, Output, Json, Threads]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(console, parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, ParseResult parsed, CancellationToken cancellation)
    {
        string path = await ModelReference.ResolveAsync(parsed.GetRequiredValue(Model), cancellation: cancellation);
        string bias = parsed.GetRequiredValue(Bias);
        DiscoveryProtocol protocol = new()
        {
            Feature = parsed.GetRequiredValue(Features) switch { "q" => PatchFeature.Queries, "v" => PatchFeature.Values, "out" => PatchFeature.Outputs, _ => PatchFeature.Keys },
            Block = parsed.GetValue(Block),
            MostPixels = parsed.GetValue(MostPixels),
            FixedSize = parsed.GetValue(Size),
            Options = new() { IsCentred = parsed.GetValue(Centre), HasAutomaticBias = bias == "auto", Bias = bias == "auto" ? 0 : double.Parse(bias, CultureInfo.InvariantCulture) },
        };
        AnnotatedBoxes boxes = AnnotatedBoxes.Open(parsed.GetRequiredValue(Boxes));
        DiscoveryEvaluation evaluation = new(path, new EncoderOptions { Network = parsed.GetValue(Network) }, protocol, boxes);
        DiscoveryReport report = evaluation.Run(
            ImageSource.Parse(parsed.GetRequiredValue(Test)), skipped => console.Error.WriteLine(OneLine.Of($"skipped {skipped.Reason.Message}")), parsed.GetValue(Threads) ?? Environment.ProcessorCount, cancellation);
        Print(console, report, protocol, parsed.GetValue(Json));
        if (parsed.GetValue(Output) is { } folder)
        {
            Directory.CreateDirectory(folder);
            RunFolder.WriteWhole(Path.Combine(folder, "discovery.json"), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report.ToJson(protocol).ToJsonString(JsonText.Readable) + "\n")), isOfRun: false);
        }
        return ExitCode.Done;
    }

    private static void Print(ToolConsole console, DiscoveryReport report, DiscoveryProtocol protocol, bool asJson)
    {
        using StreamWriter text = console.OpenText();
        if (asJson)
        {
            text.WriteLine(report.ToJson(protocol).ToJsonString(JsonText.Readable));
            return;
        }
        text.WriteLine(FormattableString.Invariant($"{report.Scores[0].Pictures:N0} pictures with objects; {report.Empty:N0} without one, {report.Unannotated:N0} not in the annotations."));
        text.WriteLine($"{ReportNumber.Percent(report.PositiveShare)} of the similarities are positive{(report.IsMeaningful ? "." : "; outside of 5 to 95 % LOST means little: try --bias auto, --center or other --features.")}");
        foreach (CorLoc score in report.Scores) text.WriteLine($"{score.Method,-14}  CorLoc {ReportNumber.Percent(score.Share, 2),8} ({ReportNumber.Percent(score.Interval.Low)} to {ReportNumber.Percent(score.Interval.High)})");
    }

    private static int? ParseNumber(ArgumentResult result, int least)
    {
        if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least) return number;
        result.AddError($"'{result.Tokens[^1].Value}' is no number for {((OptionResult)result.Parent!).IdentifierToken?.Value}; give {least} or more.");
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
