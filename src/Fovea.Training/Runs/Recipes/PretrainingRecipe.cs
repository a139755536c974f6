using Fovea.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Every number of an I-JEPA run: this record and the pictures give the same encoder again.</summary>
internal sealed record PretrainingRecipe : ITrainingRecipe<PretrainingRecipe>
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
    public required PretrainingDataRecipe Data { get; init; }

    /// <summary>How long, and how the parameters move.</summary>
    public required PretrainingOptimizerRecipe Optimizer { get; init; }

    /// <summary>Seed, arithmetic, saving and watching.</summary>
    public PretrainingRunRecipe Run { get; init; } = new();

    DataRecipe ITrainingRecipe.Data => Data;

    OptimizerRecipe ITrainingRecipe.Optimizer => Optimizer;

    RunRecipe ITrainingRecipe.Run => Run;

    public PretrainingRecipe WithSources(IReadOnlyList<string> sources) => this with { Data = Data with { Sources = sources } };
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

/// <summary>Pictures of pre-training and what is done to them.</summary>
internal sealed record PretrainingDataRecipe : DataRecipe
{
    /// <summary>The last pictures of the sources are not trained on but looked at while training: rank and, where they have labels, k-NN. Default 0: looks take training pictures.</summary>
    public int HeldOut { get; init; }

    /// <summary>The crop's and operations' numbers.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();
}

/// <summary>How the parameters of pre-training move.</summary>
internal sealed record PretrainingOptimizerRecipe : OptimizerRecipe
{
    /// <summary>The momentum of the target encoder over the run.</summary>
    public MomentumSettings Momentum { get; init; } = new();
}

/// <summary>Seed, arithmetic, saving and watching of pre-training.</summary>
internal sealed record PretrainingRunRecipe : RunRecipe
{
    /// <summary>A training checkpoint of birder to begin from, `i_jepa_NETWORK_EPOCH.pt` with its `_states.pt` beside it; null: start values.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Pictures that a look at the representation takes. Default 2,000.</summary>
    public int HealthPictures { get; init; } = 2_000;
}
