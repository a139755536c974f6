using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Runs;
using Fovea.Cli.Runs.Inspect;
using Fovea.Hub;
using Fovea.Insight;

namespace Fovea.Cli.Commands;

/// <summary>`fovea inspect PATH... -m MODEL [-o REPORT.html] [--json] [--png FOLDER]`: what the encoder sees.</summary>
internal static class InspectCommand
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The .html file to write: a report that opens offline. Numbers go to standard output.",
        HelpName = "FILE",
        Validators = { CommonOptions.EndsIn([".html", ".htm"]) },
    };

    private static readonly Option<string?> Pictures = new("--png") { Description = "Write the maps as PNG pictures into this folder.", HelpName = "FOLDER" };

    private static readonly Option<int> Most = new("--max")
    {
        Description = "The most pictures to measure, spread evenly over those there are.",
        HelpName = "N",
        CustomParser = InspectOptions.ParseMost,
        DefaultValueFactory = _ => InspectOptions.DefaultMost,
    };

    private static readonly Option<string?> Labels = new("--labels") { Description = "Classes for the probe of the whole picture: a file of lines NAME,LABEL, or the word folders; default: what archives say.", HelpName = "FILE|folders" };

    private static readonly Option<string?> Boxes = new("--boxes") { Description = "Annotated objects, to score the boxes that are found: a COCO .json or a folder of Pascal VOC .xml.", HelpName = "FILE|FOLDER" };

    private static readonly Option<InsightParts> Parts = new("--parts")
    {
        Description = $"What to measure: some of {InspectOptions.Names}; default all but local and global.",
        HelpName = "PART,PART",
        CustomParser = InspectOptions.ParseParts,
        DefaultValueFactory = _ => InsightParts.Usual,
    };

    private static readonly Option<bool> Probes = new("--probes") { Description = "Also measure what single tokens know of their place and pixels, and of the class where there are labels; takes longer." };

    public static Command Create(ToolConsole console, Func<ModelHub> hub)
    {
        Command command = new("inspect", "Look into an encoder: principal components, token norms and outliers, attention, registers, objects without labels.") { Output, Pictures, Most, Labels, Boxes, Parts, Probes };
        RunOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            InsightParts parts = parsed.GetValue(Parts);
            if (parsed.GetValue(Probes)) parts |= InsightParts.Local | InsightParts.Global;
            InspectOptions options = new(parsed.GetValue(Most), parsed.GetValue(Pictures), parsed.GetValue(Labels), parsed.GetValue(Boxes), parts);
            return new InspectRun(console, RunOptions.Of(parsed, parsed.GetValue(Output)), options).RunAsync(hub, cancellation);
        });
        return command;
    }
}
