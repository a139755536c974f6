using Fovea.Networks;
using Fovea.Training.Data;
using Fovea.Training.Optimization;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Every number of a run that trains a detector: this record, the model that it starts from and the pictures give the same detector again.</summary>
internal sealed record DetectionRecipe : ITrainingRecipe<DetectionRecipe>
{
    /// <summary>What the recipe is called.</summary>
    public required string Name { get; init; }

    /// <summary>The encoder to start from: a run folder, a model file or a published name; null: the encoder below, from scratch.</summary>
    public string? Model { get; init; }

    /// <summary>Whether a model gives its weights or only its network. Default its weights.</summary>
    public StartWeights Start { get; init; }

    /// <summary>The network where no model is named; null: the model's.</summary>
    public EncoderRecipe? Encoder { get; init; }

    /// <summary>The network's input, [height, width]: pictures are resized to fit into it with their aspect ratio. Multiples of the patch size.</summary>
    public required ImageSize ImageSize { get; init; }

    /// <summary>Pyramid and head.</summary>
    public DetectorRecipe Detector { get; init; } = new();

    /// <summary>What of the encoder is not trained.</summary>
    public Freezing Freezing { get; init; } = new();

    /// <summary>Learning rates by layer of the encoder; its last block, pyramid and head have the whole rate.</summary>
    public LayerDecay LayerDecay { get; init; } = new();

    /// <summary>Stochastic depth of the last block; it rises from 0 at the first. Default 0.</summary>
    public double DropPath { get; init; }

    /// <summary>A moving average of the weights.</summary>
    public WeightAverageSettings Average { get; init; } = new();

    /// <summary>Pictures and what is done to them.</summary>
    public DetectionDataRecipe Data { get; init; } = new();

    /// <summary>How long, and how the parameters move.</summary>
    public required OptimizerRecipe Optimizer { get; init; }

    /// <summary>Seed, arithmetic, saving and watching.</summary>
    public DetectionRunRecipe Run { get; init; } = new();

    DataRecipe ITrainingRecipe.Data => Data;

    RunRecipe ITrainingRecipe.Run => Run;

    public DetectionRecipe WithSources(IReadOnlyList<string> sources) => this with { Data = Data with { Sources = sources } };
}

/// <summary>Pyramid and head of a detector.</summary>
internal sealed record DetectorRecipe
{
    /// <summary>Channels of pyramid and towers. Default 256, the reference's.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Convolutions of each tower. Default 4, the reference's.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Whether the encoder's final norm stands before the pyramid; null: when its body is frozen. Default null.</summary>
    public bool? NormsFeatures { get; init; }

    /// <param name="freezing">What of the encoder is not trained.</param>
    /// <param name="categories">What the classes are numbered by in files.</param>
    public DetectorConfig ToConfig(Freezing freezing, IEnumerable<long> categories) => new() { Width = Width, Depth = Depth, NormsFeatures = NormsFeatures ?? freezing.Body, CategoryIds = [.. categories] };
}

/// <summary>Pictures with boxes and what is done to them.</summary>
internal sealed record DetectionDataRecipe : DataRecipe
{
    /// <summary>A COCO annotation file of the sources; null: named by their `_info.json`, or Pascal VOC files with the pictures.</summary>
    public string? Annotations { get; init; }

    /// <summary>What the detector is measured and chosen on, never trained on; none: the split `val` or `validation` beside the trained one.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>A COCO annotation file of the validation; null: found as for the sources.</summary>
    public string? ValidationAnnotations { get; init; }

    /// <summary>The number of the first column and row in Pascal VOC files. Default 1; some tools write 0.</summary>
    public int VocOffset { get; init; } = 1;

    /// <summary>The share of pictures without objects that are trained on. Default 0.</summary>
    public double KeepEmpty { get; init; }

    /// <summary>What is done to pictures before the network sees them.</summary>
    public DetectionAugmentation Augmentation { get; init; } = new();
}

/// <summary>Seed, arithmetic, saving and watching of a detector.</summary>
internal sealed record DetectionRunRecipe : RunRecipe
{
    /// <summary>Looks at the validation without a better AP50 after which the run ends; null: it makes all its epochs. Default null.</summary>
    public int? Patience { get; init; }
}
