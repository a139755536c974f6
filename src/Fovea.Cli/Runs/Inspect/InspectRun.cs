using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Cli.Outputs.Inspect;
using Fovea.Hub;
using Fovea.Images;
using Fovea.Insight;

namespace Fovea.Cli.Runs.Inspect;

/// <summary>One run of `fovea inspect`: measures pictures, then writes what was asked for.</summary>
internal sealed class InspectRun(ToolConsole console, RunOptions options, InspectOptions inspect)
{
    /// <summary>Runs to the end.</summary>
    /// <returns>An exit code.</returns>
    /// <exception cref="ToolException">No picture could be used, or an option does not suit the model.</exception>
    public async Task<int> RunAsync(Func<ModelHub> hub, CancellationToken cancellation)
    {
        ImageSource source = options.Source(console.Input);
        AnnotatedBoxes? boxes = inspect.Boxes is { } path ? AnnotatedBoxes.Open(path) : null;
        Func<EncodedImage, long?>? labels = PictureLabels.Of(inspect.Labels);
        using ImageEncoder encoder = await options.LoadAsync(console, hub, cancellation);
        using InspectFiles places = InspectFiles.Begin(options.Output, inspect.Pictures);
        ModelInspector inspector = Given.Use(() => new ModelInspector(encoder, inspect.Parts, labels));
        EvenSource chosen = new(source, inspect.Most, inspector.Drawn, cancellation);
        List<PictureStudy> pictures = [];
        PictureRun run = new(console, options);
        await run.OverAsync(chosen, skipped => inspector.MeasureAsync(chosen, skipped, cancellation), pictures.Add, cancellation);
        if (!options.IsQuiet && chosen.Available > chosen.Most)
        {
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chosen.Most:N0} of {chosen.Available:N0} pictures are measured, spread evenly; --max takes more."));
        }
        ModelInsight insight = inspector.Complete(pictures, boxes, cancellation);
        IReadOnlyList<string> files = places.Write(insight, chosen.Available, boxes, options.ModelName);
        await using (StreamWriter text = console.OpenText())
        {
            if (options.PrintsJson) await text.WriteLineAsync(InspectJson.Of(insight, chosen.Available).ToJsonString(JsonText.Readable));
            else if (!options.IsQuiet || files.Count == 0) InspectText.Write(text, insight, chosen.Available, files);
        }
        return ExitCode.Done;
    }
}
