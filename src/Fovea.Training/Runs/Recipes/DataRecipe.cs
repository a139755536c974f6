namespace Fovea.Training.Runs.Recipes;

/// <summary>Pictures and what is done to them.</summary>
internal sealed record DataRecipe
{
    /// <summary>What is trained on: PATH[#split[+split]][@factor], each.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The last pictures of the sources are not trained on but looked at while training: rank and, where they have labels, k-NN. Default 0: looks take training pictures.</summary>
    public int HeldOut { get; init; }

    /// <summary>The crop's and operations' numbers.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>Megabytes of decoded pictures that may stay in memory. Default 256.</summary>
    public int CacheMegabytes { get; init; } = 256;

    /// <summary>Threads that decode and augment; null: one a core.</summary>
    public int? Workers { get; init; }
}
