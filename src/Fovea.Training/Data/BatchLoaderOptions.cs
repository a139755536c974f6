namespace Fovea.Training.Data;

/// <summary>How a set becomes batches of augmented pictures with their class indices.</summary>
internal sealed record BatchLoaderOptions : LoadingOptions
{
    /// <summary>From decoded pictures to what the network sees.</summary>
    public required AugmentationRecipe Augmentation { get; init; }
}
