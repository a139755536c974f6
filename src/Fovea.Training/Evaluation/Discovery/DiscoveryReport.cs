using System.Text.Json.Nodes;
using Fovea.Insight;

namespace Fovea.Training.Evaluation;

/// <summary>Correct localisation of a model on annotated pictures.</summary>
/// <param name="Scores">LOST, its seed alone, the whole picture, a centred box of half the sides.</param>
/// <param name="Objects">Of each picture in the order of the source: the box in its own pixels, and the seed.</param>
/// <param name="PositiveShare">Mean share of positive similarities.</param>
/// <param name="Unannotated">Pictures of the source that the annotations do not have.</param>
/// <param name="Empty">Annotated pictures without an object, which count nowhere.</param>
internal sealed record DiscoveryReport(IReadOnlyList<CorLoc> Scores, IReadOnlyList<(string Name, PixelBox Box, int Seed)> Objects, double PositiveShare, int Unannotated, int Empty)
{
    /// <summary>Whether similarities have both signs, without which the method has nothing to go by.</summary>
    public bool IsMeaningful => PositiveShare is >= 0.05 and <= 0.95;

    /// <summary>As one JSON object (docs/formats.md).</summary>
    public JsonObject ToJson(DiscoveryProtocol protocol) => new()
    {
        ["protocol"] = "discovery",
        ["features"] = protocol.Feature.ToString().ToLowerInvariant(),
        ["block"] = protocol.Block,
        ["k"] = protocol.Options.Candidates,
        ["bias"] = protocol.Options.HasAutomaticBias ? "auto" : protocol.Options.Bias,
        ["centred"] = protocol.Options.IsCentred,
        ["max_side"] = protocol.MostPixels,
        ["size"] = protocol.FixedSize?.ToString(),
        ["positive_share"] = Number(PositiveShare),
        ["meaningful"] = IsMeaningful,
        ["scores"] = new JsonArray([.. Scores.Select(score => new JsonObject
        {
            ["boxes"] = score.Method, ["corloc"] = Number(score.Share), ["ci"] = new JsonArray(Number(score.Interval.Low), Number(score.Interval.High)), ["found"] = score.Found, ["n"] = score.Pictures,
        })]),
        ["unannotated"] = Unannotated,
        ["without_objects"] = Empty,
        ["boxes"] = new JsonArray([.. Objects.Select(found => new JsonObject { ["image"] = found.Name, ["box"] = new JsonArray(found.Box.Left, found.Box.Top, found.Box.Right, found.Box.Bottom), ["seed"] = found.Seed })]),
    };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
