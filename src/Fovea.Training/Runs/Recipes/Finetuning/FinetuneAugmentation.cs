using Fovea.Training.Data;

namespace Fovea.Training.Runs.Recipes;

/// <summary>The reference's augmentation for classifiers: everything follows from a level from 0 to 10, unless it is said otherwise.</summary>
internal sealed record FinetuneAugmentation
{
    /// <summary>0: the whole picture, resized, and nothing else. Default 4.</summary>
    public int Level { get; init; } = 4;

    /// <summary>The smallest part of the area that a crop keeps; null: `0.8 - 0.05 level`.</summary>
    public double? MinArea { get; init; }

    /// <summary>How often a rectangle is blackened; null: `max(0.25, 0.05 level - 0.15)`. The largest has `0.05 + 0.025 level` of the area.</summary>
    public double? ErasingProbability { get; init; }

    /// <summary>How often a picture is mirrored. Default 1/2.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>How crops are resized. Default either, by a coin for each picture.</summary>
    public CropInterpolation Interpolation { get; init; } = CropInterpolation.Either;

    /// <summary>Whether turning grey is one of the operations. Default false.</summary>
    public bool UsesGrey { get; init; }

    /// <summary>For a network.</summary>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public AugmentationRecipe ToRecipe(ImageSize size, ChannelStatistics channels)
    {
        AugmentationRecipe recipe = AugmentationRecipe.Birder(size, Level) with
        {
            Channels = channels,
            MinArea = MinArea ?? 0.8 - 0.05 * Level,
            ErasingProbability = ErasingProbability ?? Math.Max(0.25, 0.05 * Level - 0.15),
            FlipProbability = FlipProbability,
            Interpolation = Interpolation,
            UsesGrey = UsesGrey,
        };
        recipe.Check();
        return recipe;
    }
}
