using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs.Detections;
using Fovea.Cli.Runs;
using Fovea.Hub;

namespace Fovea.Cli.Commands;

/// <summary>`fovea detect PATH... -m MODEL -o FILE.json [--draw FOLDER]`: the objects of each picture as a COCO result file.</summary>
internal static class DetectCommand
{
    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The .json file to write: COCO results, boxes in pixels of each picture.",
        HelpName = "FILE",
        Required = true,
        Validators = { CommonOptions.EndsIn(DetectionWriter.Extensions) },
    };

    private static readonly Option<string?> Drawing = new("--draw") { Description = "A folder for the pictures with boxes and labels, as PNG.", HelpName = "FOLDER" };

    private static readonly Option<double> Score = new("--score")
    {
        Description = "Leave out detections with a lower score; 0.05 to measure average precision.",
        HelpName = "SHARE",
        CustomParser = ParseScore,
        DefaultValueFactory = _ => new DetectorOptions().LeastScore,
    };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("detect", "Find the objects of each picture, with a detector that fovea-train detect trained.") { Output, Drawing, Score };
        command.Arguments.Add(CommonOptions.Paths);
        foreach (Option option in (ReadOnlySpan<Option>)[CommonOptions.Model, CommonOptions.Size, CommonOptions.Threads, CommonOptions.Strict, CommonOptions.Quiet, CommonOptions.Json]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            RunOptions options = RunOptions.Of(parsed, parsed.GetRequiredValue(Output));
            DetectorOptions detector = new() { LeastScore = parsed.GetValue(Score), ImageSize = options.Encoder.ImageSize, Threads = options.Encoder.Threads };
            return RunAsync(console, hub, options, detector, parsed.GetValue(Drawing), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Func<ModelHub> hub, RunOptions options, DetectorOptions settings, string? drawing, CancellationToken cancellation)
    {
        ImageSource source = options.Source(console.Input);
        string model = await options.ResolveModelAsync(console, hub, cancellation);
        using ObjectDetector detector = await Given.UseAsync(() => ObjectDetector.LoadAsync(model, settings, cancellation));
        using DetectionWriter writer = new(options.Output!, detector.CategoryIds);
        DrawingFolder? drawings = drawing is null ? null : new DrawingFolder(drawing);
        PictureRun run = new(console, options);
        await run.OverAsync(
            source,
            skipped => detector.DetectAll(
                source,
                (picture, found) =>
                {
                    drawings?.Draw(picture, found);
                    return found;
                },
                skipped, cancellation),
            writer.Write, cancellation);
        writer.Complete();
        run.Summarise();
        return ExitCode.Done;
    }

    private static double ParseScore(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[^1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && score is >= 0 and < 1) return score;
        result.AddError($"'{result.Tokens[^1].Value}' is no score; give a share from 0 to below 1.");
        return default;
    }
}
