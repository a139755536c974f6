using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Every number of an I-JEPA run: this record and the pictures give the same encoder again.</summary>
internal sealed record PretrainingRecipe
{
    /// <summary>What the recipe is called.</summary>
    public required string Name { get; init; }

    /// <summary>The network.</summary>
    public required EncoderRecipe Encoder { get; init; }

    /// <summary>The predictor.</summary>
    public required PredictorRecipe Predictor { get; init; }

    /// <summary>Context and target blocks.</summary>
    public MaskSettings Masks { get; init; } = new();

    /// <summary>The loss.</summary>
    public ObjectiveSettings Objective { get; init; } = new();

    /// <summary>Pictures and what is done to them.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>How long, and how the parameters move.</summary>
    public required OptimizerRecipe Optimizer { get; init; }

    /// <summary>Seed, arithmetic, saving and watching.</summary>
    public RunRecipe Run { get; init; } = new();
}

/// <summary>The predictor's numbers.</summary>
internal sealed record PredictorRecipe
{
    /// <summary>Blocks.</summary>
    public required int Depth { get; init; }

    /// <summary>Numbers of a token.</summary>
    public required int Width { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The exponents of the table of positions.</summary>
    public FrequencySpacing Positions { get; init; }

    public PredictorConfig ToConfig() => Heads > 0 && Width % Heads == 0 && Depth > 0
        ? new PredictorConfig(Depth, Width, Heads)
        : throw new ArgumentException($"a predictor of {Depth} blocks, width {Width} and {Heads} heads cannot be: it has 1 block or more, and the heads divide its width.");
}

/// <summary>How the parameters move.</summary>
internal sealed record OptimizerRecipe
{
    /// <summary>Pictures of a batch, over all processes.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients one step adds up. Default 1.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Epochs of the whole run, by which the schedules are stretched.</summary>
    public required int Epochs { get; init; }

    /// <summary>The learning rate over the run.</summary>
    public LearningRateSettings LearningRate { get; init; } = new();

    /// <summary>The weight decay over the run.</summary>
    public WeightDecaySettings WeightDecay { get; init; } = new();

    /// <summary>Which parameters have a weight decay of their own.</summary>
    public WeightDecayRules WeightDecayRules { get; init; } = new();

    /// <summary>The momentum of the target encoder over the run.</summary>
    public MomentumSettings Momentum { get; init; } = new();

    /// <summary>The constants of AdamW.</summary>
    public AdamWSettings AdamW { get; init; } = new();

    /// <summary>The L2 norm that the gradients are cut to; null: none.</summary>
    public double? ClipGradientNorm { get; init; }
}

/// <summary>Seed, arithmetic, saving and watching.</summary>
internal sealed record RunRecipe
{
    /// <summary>Everything random is a function of it.</summary>
    public ulong Seed { get; init; }

    /// <summary>What products are computed in.</summary>
    public ComputeType Compute { get; init; }

    /// <summary>A training checkpoint of birder to begin from, `i_jepa_NETWORK_EPOCH.pt` with its `_states.pt` beside it; null: start values.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Minutes between two checkpoints; there is one at the end of every epoch as well. Default 10.</summary>
    public double CheckpointMinutes { get; init; } = 10;

    /// <summary>Checkpoints that are kept. Default 2.</summary>
    public int KeepLast { get; init; } = 2;

    /// <summary>Steps between two lines of metrics. Default 10.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Steps between two looks at the representation (rank, k-NN); 0: at the ends of epochs. Default 0.</summary>
    public int HealthEvery { get; init; }

    /// <summary>Pictures that a look at the representation takes. Default 2,000.</summary>
    public int HealthPictures { get; init; } = 2_000;
}
