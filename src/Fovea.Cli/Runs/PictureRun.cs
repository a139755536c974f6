using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.CommandLine;

namespace Fovea.Cli.Runs;

/// <summary>One run over pictures: results are written as they come, bad pictures are listed at once and counted, the end is summed up.</summary>
internal sealed class PictureRun(ToolConsole console, RunOptions options)
{
    // With --json the list is part of the summary; a folder of ten million bad files must not fill the memory.
    private const int MostListed = 10_000;

    private readonly List<SkippedImage> _listed = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _done;
    private long _skipped;

    /// <summary>Runs to the end of the source.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="compute">Starts the computation; its argument is told of bad pictures, or null when the first one is to end the run.</param>
    /// <param name="write">Takes each result in order.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="ToolException">No picture at all could be used.</exception>
    public async Task OverAsync<T>(ImageSource source, Func<Action<SkippedImage>?, IAsyncEnumerable<T>> compute, Action<T> write, CancellationToken cancellation)
    {
        await ProgressDisplay.RunAsync(console, console.ShowsProgress && !options.IsQuiet, () => source.Count(cancellation), async display =>
        {
            Action<SkippedImage> skip = skipped =>
            {
                _skipped++;
                if (_listed.Count < MostListed) _listed.Add(skipped);
                display.WriteLine(OneLine.Of($"skipped {skipped.Reason.Message}"));
                display.Advance();
            };
            await foreach (T result in compute(options.IsStrict ? null : skip))
            {
                write(result);
                _done++;
                display.Advance();
            }
        });
        if (_done == 0) throw new ToolException(_skipped > 0
            ? $"no picture could be used, {_skipped:N0} skipped; the lines above say why."
            : "there was no picture; name pictures, folders or archives.");
    }

    /// <summary>How many pictures were used and skipped, and which were skipped (docs/formats.md).</summary>
    public JsonObject Counts() => new()
    {
        ["pictures"] = _done,
        ["skipped"] = _skipped,
        ["skipped_pictures"] = new JsonArray([.. _listed.Select(skipped => new JsonObject { ["sample"] = skipped.Name, ["reason"] = skipped.Reason.Message })]),
    };

    /// <summary>Says what was done: a line for people, or JSON on standard output when that holds no results.</summary>
    public void Summarise()
    {
        double seconds = _clock.Elapsed.TotalSeconds;
        if (options is { PrintsJson: true, Output: not null })
        {
            JsonObject summary = Counts();
            summary["seconds"] = Math.Round(seconds, 3);
            summary["output"] = options.Output;
            using StreamWriter text = console.OpenText();
            text.WriteLine(summary.ToJsonString(JsonText.Readable));
        }
        if (options.IsQuiet) return;
        string skippedToo = _skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {_skipped:N0} skipped") : "";
        string place = options.Output is { } file ? $" -> {file}" : "";
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_done:N0} {(_done == 1 ? "picture" : "pictures")}{skippedToo}, {_done / seconds:N1} pictures/s{place}"));
    }
}
