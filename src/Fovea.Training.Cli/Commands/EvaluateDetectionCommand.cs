using System.CommandLine;
using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Training.Annotations;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train evaluate detection --ground-truth gt.json --detections dt.json`: two files in, figures out; no model, no libtorch.</summary>
internal static class EvaluateDetectionCommand
{
    private static readonly Option<string> Truth = new("--ground-truth") { Description = "The objects: a COCO annotation file.", HelpName = "FILE", Required = true };
    private static readonly Option<string> Detections = new("--detections") { Description = "What was found: a COCO result file, as fovea detect writes it.", HelpName = "FILE", Required = true };
    private static readonly Option<string?> Arrays = new("--arrays") { Description = "A file for all precisions and recalls, as JSON.", HelpName = "FILE" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the figures as JSON; -1 stands where there is nothing to measure." };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No remarks about the files." };

    public static Command Create(ToolConsole console)
    {
        Command command = new("detection", "Measures detected boxes as COCO's program does: AP and AR.");
        foreach (Option option in (ReadOnlySpan<Option>)[Truth, Detections, Arrays, Json, Quiet]) command.Options.Add(option);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private static int Run(ToolConsole console, ParseResult parsed)
    {
        CocoFile truth = CocoFileReader.Read(parsed.GetRequiredValue(Truth));
        IReadOnlyList<CocoDetection> detections = CocoResults.Read(parsed.GetRequiredValue(Detections), truth);
        if (!parsed.GetValue(Quiet))
        {
            foreach (string remark in truth.Remarks) console.Error.WriteLine(OneLine.Of(remark));
        }
        DetectionReport report = CocoEvaluation.Of(truth, detections);
        if (parsed.GetValue(Arrays) is { } file) RunFolder.WriteWhole(file, stream => DetectionReportJson.WriteArrays(stream, report), isOfRun: false);
        if (parsed.GetValue(Json)) DetectionReportJson.Write(console.Output, report);
        else Print(console, truth, report);
        return ExitCode.Done;
    }

    private static void Print(ToolConsole console, CocoFile truth, DetectionReport report)
    {
        using StreamWriter text = console.OpenText();
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{truth.Annotations.Count:N0} objects of {truth.Categories.Count:N0} classes in {truth.Images.Count:N0} pictures."));
        foreach ((string name, double value) in report.Summary) text.WriteLine($"{name,-5}  {Text(value)}");
        int width = Math.Max(5, report.Categories.Select(category => category.Name.Length).DefaultIfEmpty().Max());
        text.WriteLine($"{"class".PadRight(width)}  {"AP",8}  {"AP50",8}  {"AP75",8}  {"AR100",8}");
        foreach (CategoryScores category in report.Categories)
        {
            text.WriteLine($"{category.Name.PadRight(width)}  {Text(category.Ap)}  {Text(category.Ap50)}  {Text(category.Ap75)}  {Text(category.Ar100)}");
        }
    }

    private static string Text(double share) => share < 0 ? "     n/a" : string.Create(CultureInfo.InvariantCulture, $"{100 * share,6:F2} %");
}
