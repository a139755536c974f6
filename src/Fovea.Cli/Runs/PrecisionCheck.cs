using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.CommandLine;

namespace Fovea.Cli.Runs;

/// <summary>What int8 does to the embeddings of a model: their cosine to those of float32, picture by picture.</summary>
internal sealed class PrecisionCheck
{
    /// <summary>Below this, an application may see other neighbours and other classes.</summary>
    public const double LeastGood = 0.999;

    private readonly PictureRun _run;
    private readonly bool _isDrawn;
    private double _sum, _least = double.PositiveInfinity;
    private long _count;

    private PrecisionCheck(PictureRun run, bool isDrawn)
    {
        _run = run;
        _isDrawn = isDrawn;
    }

    /// <summary>Embeds pictures twice: those of PATH..., or drawn ones when none is given.</summary>
    /// <param name="console">For progress and skipped pictures.</param>
    /// <param name="options">The command's.</param>
    /// <param name="model">The file of the model.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="ToolException">No picture could be used.</exception>
    public static async Task<PrecisionCheck> RunAsync(ToolConsole console, RunOptions options, string model, CancellationToken cancellation)
    {
        bool isDrawn = options.Paths.Length == 0;
        ImageSource source = isDrawn ? DrawnPictures.Source : options.Source(console.Input);
        using ImageEncoder exact = await RunOptions.LoadAsync(model, options.Encoder with { Precision = Precision.Float32 }, cancellation);
        using ImageEncoder exported = await RunOptions.LoadAsync(model, options.Encoder with { IsPortable = true }, cancellation);
        PictureRun run = new(console, options);
        PrecisionCheck check = new(run, isDrawn);
        await run.OverAsync(source, skipped => exact.CompareAsync(exported, source, skipped, cancellation), check.Add, cancellation);
        return check;
    }

    /// <summary>False as well when a cosine is no number.</summary>
    public bool IsGood => _least >= LeastGood;

    public JsonObject ToJson()
    {
        JsonObject json = _run.Counts();
        json["drawn"] = _isDrawn;
        json["cosine_least"] = Number(_least);
        json["cosine_mean"] = Number(_sum / _count);
        return json;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"int8 against fp32 on {_count:N0} {(_isDrawn ? "drawn " : "")}{(_count == 1 ? "picture" : "pictures")}: cosine least {_least:F5}, mean {_sum / _count:F5}");

    private void Add(double cosine)
    {
        _least = double.Min(_least, cosine);
        _sum += cosine;
        _count++;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? Math.Round(value, 7) : null;
}
