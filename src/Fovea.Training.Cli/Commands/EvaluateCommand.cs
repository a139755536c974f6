using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.CommandLine;
using Fovea.Hub;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Evaluations;
using TorchSharp;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train evaluate knn|linear|fewshot|retrieval MODEL --train SOURCE --test SOURCE`, and beside them <see cref="EvaluateClassificationCommand"/>.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "A run folder, a .pt, .safetensors or .onnx file, or a published model's name." };
    private static readonly Option<string> Train = new("--train") { Description = "Labelled pictures to learn from: PATH[#split].", HelpName = "SOURCE", Required = true };
    private static readonly Option<string> Test = new("--test") { Description = "Labelled pictures to measure on: PATH[#split].", HelpName = "SOURCE", Required = true };
    private static readonly Option<string?> Network = new("--network") { Description = "The network that the file holds, where it does not tell.", HelpName = "NAME" };
    private static readonly Option<string> Solver = new("--protocol") { Description = "Linear probe: logistic (default) or sgd, a sweep over rates.", HelpName = "logistic|sgd", DefaultValueFactory = _ => "logistic" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "A folder for the reports as JSON and, where classes are predicted, the confusion picture.", HelpName = "FOLDER" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the reports as JSON." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Processor threads to use; default all.", HelpName = "N" };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress; skipped pictures are still listed." };

    static EvaluateCommand() => Solver.AcceptOnlyFromAmong("logistic", "sgd");

    public static Command Create(ToolConsole console)
    {
        Command command = new("evaluate", "Measures an encoder, beside its random initialisation and raw pixels; or detected boxes.");
        foreach (Protocol protocol in Protocol.All)
        {
            Command one = new(protocol.Name, protocol.Description);
            one.Arguments.Add(Model);
            foreach (Option option in (ReadOnlySpan<Option>)[Train, Test, Network, Output, Json, Threads, Quiet]) one.Options.Add(option);
            if (protocol.Name == "linear") one.Options.Add(Solver);
            one.SetAction((parsed, cancellation) => RunAsync(console, protocol.Name == "linear" && parsed.GetValue(Solver) == "sgd" ? protocol.BySweep() : protocol, parsed, cancellation));
            command.Subcommands.Add(one);
        }
        command.Subcommands.Add(EvaluateDetectionCommand.Create(console));
        command.Subcommands.Add(EvaluateClassificationCommand.Create(console, new EvaluateOptions(Model, Test, Network, Output, Json, Threads, Quiet)));
        command.Subcommands.Add(DiscoveryCommand.Create(console));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Protocol protocol, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Threads) is { } threads) torch.set_num_threads(threads);
        string name = parsed.GetRequiredValue(Model), path = await ModelReference.ResolveAsync(name, cancellation: cancellation);
        Action<string> say = parsed.GetValue(Quiet) ? _ => { } : line => console.Error.WriteLine(OneLine.Of(line));
        using FeatureTable features = new(parsed.GetRequiredValue(Train), parsed.GetRequiredValue(Test), cancellation);
        foreach (string source in features.Sources) say(source);
        EvaluationSession session = new(protocol, features, skipped => console.Error.WriteLine(OneLine.Of($"skipped {skipped.Reason.Message}")), say);
        IReadOnlyList<(string Name, EvaluationReport Report)> columns;
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            using ImageEncoder encoder = await ImageEncoder.LoadAsync(path, cancellationToken: cancellation);
            columns = session.Of(encoder, cancellation);
        }
        else
        {
            using EvaluatedModel model = EvaluatedModel.Open(path, Directory.Exists(name) ? name : null, parsed.GetValue(Network), size: null, seed: 0);
            columns = session.Of(model, cancellation);
        }
        Print(console, columns, parsed.GetValue(Json));
        if (parsed.GetValue(Output) is { } folder) Write(folder, columns);
        return ExitCode.Done;
    }

    /// <summary>Prints reports, a line each or as JSON.</summary>
    public static void Print(ToolConsole console, IReadOnlyList<(string Name, EvaluationReport Report)> columns, bool asJson)
    {
        using StreamWriter text = console.OpenText();
        if (asJson)
        {
            text.WriteLine(new JsonObject(columns.Select(column => KeyValuePair.Create(column.Name, JsonOf(column.Report)))).ToJsonString(JsonText.Readable));
            return;
        }
        DataSummary data = columns[0].Report.Data;
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Test:N0} test pictures, {(data.Train > 0 ? $"{data.Train:N0} to learn from, " : "")}{data.Classes} classes; the most frequent class is right for {100 * data.Majority:F1} %."));
        if (data.Duplicates > 0) text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Duplicates:N0} test pictures are in the training set too: the figures are too good."));
        int width = columns.Max(column => column.Name.Length);
        foreach ((string name, EvaluationReport report) in columns)
        {
            text.WriteLine($"{name.PadRight(width)}  {report.Data.Feature,-6}  {string.Join("   ", report.Lines.Select(line => $"{line.Name} {Text(line.Value)}"))}");
        }
    }

    private static string Text(Estimate estimate) => estimate is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * estimate.Value:F2} % ({100 * low:F1} to {100 * high:F1})")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * estimate.Value:F2} %");

    private static JsonNode? JsonOf(EvaluationReport report)
    {
        using MemoryStream bytes = new();
        EvaluationJson.Write(bytes, report);
        return JsonNode.Parse(bytes.ToArray());
    }

    /// <summary>Writes reports as JSON and, where classes are predicted, the confusion picture.</summary>
    public static void Write(string folder, IReadOnlyList<(string Name, EvaluationReport Report)> columns)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, EvaluationReport report) in columns)
        {
            string stem = Path.Combine(folder, $"{report.Protocol}-{name.Replace(' ', '-')}");
            RunFolder.WriteWhole($"{stem}.json", stream => EvaluationJson.Write(stream, report), isOfRun: false);
            if (report is ClassificationReport classified && classified.Confusion.Classes <= ConfusionPicture.MostClasses)
            {
                RunFolder.WriteWhole($"{stem}.png", stream => ConfusionPicture.WritePng(stream, classified.Confusion), isOfRun: false);
            }
        }
    }
}
