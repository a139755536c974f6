using System.Text.Json.Serialization;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Pictures and how they are read: what every kind of training has.</summary>
internal record DataRecipe
{
    /// <summary>What is trained on: PATH[#split[+split]][@factor], each.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Megabytes of decoded pictures that may stay in memory. Default 256.</summary>
    public int CacheMegabytes { get; init; } = 256;

    /// <summary>Threads that decode and augment; null: one a core.</summary>
    public int? Workers { get; init; }
}
