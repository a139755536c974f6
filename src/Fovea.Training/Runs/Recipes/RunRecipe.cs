using System.Text.Json.Serialization;
using Fovea.Training.Networks;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Seed, arithmetic, saving and watching: what every kind of training has.</summary>
internal record RunRecipe
{
    /// <summary>Everything random is a function of it.</summary>
    [JsonPropertyOrder(-1)]
    public ulong Seed { get; init; }

    /// <summary>What products are computed in.</summary>
    [JsonPropertyOrder(-1)]
    public ComputeType Compute { get; init; }

    /// <summary>Minutes between two checkpoints; there is one at the end of every epoch as well. Default 10.</summary>
    public double CheckpointMinutes { get; init; } = 10;

    /// <summary>Checkpoints that are kept. Default 2.</summary>
    public int KeepLast { get; init; } = 2;

    /// <summary>Steps between two lines of metrics. Default 10.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Steps between two looks at the model on pictures that it is not trained on; 0: at the ends of epochs. Default 0.</summary>
    public int HealthEvery { get; init; }
}
