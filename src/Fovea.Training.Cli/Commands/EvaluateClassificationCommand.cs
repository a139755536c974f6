using System.CommandLine;
using Fovea.Cli.CommandLine;
using Fovea.Hub;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs.Classification;
using TorchSharp;

namespace Fovea.Training.Cli.Commands;

/// <summary>`fovea-train evaluate classification MODEL --test SOURCE`: a classifier with its own head.</summary>
internal static class EvaluateClassificationCommand
{
    /// <param name="console">Where it writes.</param>
    /// <param name="shared">The options and the argument that all protocols share.</param>
    public static Command Create(ToolConsole console, EvaluateOptions shared)
    {
        Command command = new("classification", "How well a classifier tells its own classes apart: top 1 and 5, each class, calibration.");
        command.Arguments.Add(shared.Model);
        foreach (Option option in (ReadOnlySpan<Option>)[shared.Test, shared.Network, shared.Output, shared.Json, shared.Threads, shared.Quiet]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(console, shared, parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, EvaluateOptions shared, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(shared.Threads) is { } threads) torch.set_num_threads(threads);
        string name = parsed.GetRequiredValue(shared.Model), path = await ModelReference.ResolveAsync(name, cancellation: cancellation);
        Action<string> say = parsed.GetValue(shared.Quiet) ? _ => { } : line => console.Error.WriteLine(OneLine.Of(line));
        ClassifierReport report = ClassifierEvaluation.Of(
            path, name, parsed.GetValue(shared.Network), parsed.GetRequiredValue(shared.Test), say, skipped => console.Error.WriteLine(OneLine.Of($"skipped {skipped.Reason.Message}")), cancellation);
        EvaluateCommand.Print(console, [("model", report)], parsed.GetValue(shared.Json));
        if (parsed.GetValue(shared.Output) is { } folder) EvaluateCommand.Write(folder, [("model", report)]);
        return ExitCode.Done;
    }
}

/// <summary>What all protocols of `evaluate` are asked.</summary>
internal sealed record EvaluateOptions(
    Argument<string> Model, Option<string> Test, Option<string?> Network, Option<string?> Output, Option<bool> Json, Option<int?> Threads, Option<bool> Quiet);
