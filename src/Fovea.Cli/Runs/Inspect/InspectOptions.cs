using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Insight;

namespace Fovea.Cli.Runs.Inspect;

/// <summary>What `fovea inspect` is asked for, beside the options that all commands share.</summary>
/// <param name="Most">Pictures that are measured at most.</param>
/// <param name="Pictures">`--png`: the folder that pictures go to.</param>
/// <param name="Labels">`--labels`.</param>
/// <param name="Boxes">`--boxes`.</param>
/// <param name="Parts">`--parts` and `--probes`.</param>
internal sealed record InspectOptions(int Most, string? Pictures, string? Labels, string? Boxes, InsightParts Parts)
{
    /// <summary>Pictures that are measured where nothing is said.</summary>
    public const int DefaultMost = 500;

    private static readonly (string Name, InsightParts Part)[] Named =
    [
        ("norms", InsightParts.Norms), ("channels", InsightParts.Channels), ("attention", InsightParts.Attention), ("pca", InsightParts.Pca),
        ("local", InsightParts.Local), ("global", InsightParts.Global), ("lost", InsightParts.Lost), ("registers", InsightParts.Registers),
    ];

    /// <summary>The names of parts, as `--parts` takes them.</summary>
    public static string Names => string.Join(',', Named.Select(part => part.Name));

    /// <summary>The name of a part.</summary>
    public static string NameOf(InsightParts part) => Named.First(named => named.Part == part).Name;

    /// <summary>Reads `norms,lost`.</summary>
    public static InsightParts ParseParts(ArgumentResult result)
    {
        InsightParts parts = InsightParts.None;
        foreach (string name in result.Tokens[^1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            InsightParts part = Named.FirstOrDefault(named => named.Name == name).Part;
            if (part == InsightParts.None) result.AddError($"'{name}' is no part; write some of {Names}.");
            parts |= part;
        }
        if (parts == InsightParts.None && !result.Errors.Any()) result.AddError($"no part is named; write some of {Names}.");
        return parts;
    }

    /// <summary>Reads a number of pictures from 1 up.</summary>
    public static int ParseMost(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 0) return most;
        result.AddError($"'{result.Tokens[^1].Value}' is no number of pictures; give 1 or more.");
        return DefaultMost;
    }
}
