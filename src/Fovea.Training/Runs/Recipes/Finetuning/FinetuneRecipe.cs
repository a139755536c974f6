using Fovea.Training.Optimization;
using Fovea.Training.Tasks;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Every number of a run that trains a classifier: this record, the model that it starts from and the pictures give the same classifier again.</summary>
internal sealed record FinetuneRecipe : ITrainingRecipe<FinetuneRecipe>
{
    /// <summary>What the recipe is called.</summary>
    public required string Name { get; init; }

    /// <summary>The model to start from: a run folder, a model file or a published name; null: the encoder below, from scratch.</summary>
    public string? Model { get; init; }

    /// <summary>Whether a model gives its weights or only its network. Default its weights.</summary>
    public StartWeights Start { get; init; }

    /// <summary>The network where no model is named; null: the model's.</summary>
    public EncoderRecipe? Encoder { get; init; }

    /// <summary>Picture size in pixels, [height, width]; null: that of the model or the encoder. Positions are resized to another.</summary>
    public ImageSize? ImageSize { get; init; }

    /// <summary>The head.</summary>
    public HeadRecipe Head { get; init; } = new();

    /// <summary>What of the network is not trained.</summary>
    public Freezing Freezing { get; init; } = new();

    /// <summary>Learning rates by layer.</summary>
    public LayerDecay LayerDecay { get; init; } = new();

    /// <summary>Stochastic depth of the last block; it rises from 0 at the first. Default 0.</summary>
    public double DropPath { get; init; }

    /// <summary>The loss.</summary>
    public ClassLossSettings Loss { get; init; } = new();

    /// <summary>Mixup and CutMix.</summary>
    public MixingSettings Mixing { get; init; } = new();

    /// <summary>A moving average of the weights.</summary>
    public WeightAverageSettings Average { get; init; } = new();

    /// <summary>Pictures and what is done to them.</summary>
    public FinetuneDataRecipe Data { get; init; } = new();

    /// <summary>How long, and how the parameters move.</summary>
    public required OptimizerRecipe Optimizer { get; init; }

    /// <summary>Seed, arithmetic, saving and watching.</summary>
    public FinetuneRunRecipe Run { get; init; } = new();

    DataRecipe ITrainingRecipe.Data => Data;

    RunRecipe ITrainingRecipe.Run => Run;

    public FinetuneRecipe WithSources(IReadOnlyList<string> sources) => this with { Data = Data with { Sources = sources } };

    /// <summary>Whether embeddings never change: the body is frozen, and nothing is done to pictures.</summary>
    public bool HasFixedEmbeddings => Freezing is { Body: true, TrainsPool: false } && Data.Augmentation.Level == 0 && Mixing is { MixupAlpha: null, CutMix: false };
}

/// <summary>What the weights of a network begin with.</summary>
internal enum StartWeights
{
    /// <summary>Those of the model.</summary>
    Model,

    /// <summary>Start values: the same network from scratch, to compare with.</summary>
    Scratch,
}

/// <summary>The head of a classifier.</summary>
internal sealed record HeadRecipe
{
    /// <summary>What it begins with. Default the model's own, where it has one.</summary>
    public HeadStart Start { get; init; }

    /// <summary>Whether it is linear, GELU, layer norm, linear; null: as the network's configuration says. Default null.</summary>
    public bool? Mlp { get; init; }
}

/// <summary>What a head begins with.</summary>
internal enum HeadStart
{
    /// <summary>The model's head, which must be of the same classes; a model without one gets a new head.</summary>
    Model,

    /// <summary>A new head: uniform within `width^-1/2`, as the reference resets one.</summary>
    Reset,

    /// <summary>Zeros: the first loss is ln C.</summary>
    Zero,
}

/// <summary>Labelled pictures and what is done to them.</summary>
internal sealed record FinetuneDataRecipe : DataRecipe
{
    /// <summary>What the model is measured and chosen on, never trained on; none: the split `val` or `validation` beside the trained ones, else a part that is held out.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>The share of every class that is held out where there is no validation; 0: nothing is measured. Default 0.1.</summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>How often classes come, by the same rules as class weights; never both. Default as often as they have pictures.</summary>
    public ClassWeighting Sampling { get; init; }

    /// <summary>What is done to pictures before the network sees them.</summary>
    public FinetuneAugmentation Augmentation { get; init; } = new();
}

/// <summary>Seed, arithmetic, saving and watching of a classifier.</summary>
internal sealed record FinetuneRunRecipe : RunRecipe
{
    /// <summary>Looks at the validation without a better top 1 after which the run ends; null: it makes all its epochs. Default null.</summary>
    public int? Patience { get; init; }
}
