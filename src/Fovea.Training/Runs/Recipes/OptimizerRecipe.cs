using System.Text.Json.Serialization;
using Fovea.Training.Optimization;

namespace Fovea.Training.Runs.Recipes;

/// <summary>How long, and how the parameters move: what every kind of training has.</summary>
internal record OptimizerRecipe
{
    /// <summary>Pictures of a batch, over all processes.</summary>
    [JsonPropertyOrder(-1)]
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients one step adds up. Default 1.</summary>
    [JsonPropertyOrder(-1)]
    public int Accumulation { get; init; } = 1;

    /// <summary>Epochs of the whole run, by which the schedules are stretched.</summary>
    [JsonPropertyOrder(-1)]
    public required int Epochs { get; init; }

    /// <summary>The learning rate over the run.</summary>
    public LearningRateSettings LearningRate { get; init; } = new();

    /// <summary>The weight decay over the run.</summary>
    public WeightDecaySettings WeightDecay { get; init; } = new();

    /// <summary>Which parameters have a weight decay of their own.</summary>
    public WeightDecayRules WeightDecayRules { get; init; } = new();

    /// <summary>The constants of AdamW.</summary>
    public AdamWSettings AdamW { get; init; } = new();

    /// <summary>The L2 norm that the gradients are cut to; null: none.</summary>
    public double? ClipGradientNorm { get; init; }

    /// <summary>How long the run is with so many batches an epoch.</summary>
    /// <exception cref="ArgumentException">The numbers make no run.</exception>
    public RunLength LengthOf(long batchesPerEpoch) => new(Epochs, checked((int)batchesPerEpoch), Accumulation, BatchSize * Accumulation);
}
