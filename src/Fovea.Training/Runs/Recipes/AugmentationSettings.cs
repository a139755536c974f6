using Fovea.Training.Data;

namespace Fovea.Training.Runs.Recipes;

/// <summary>What is done to a decoded picture before the network sees it; the fields of <see cref="AugmentationRecipe"/> without those that the encoder says.</summary>
internal sealed record AugmentationSettings
{
    /// <summary>What comes after the crop. Default the reference's operations.</summary>
    public AugmentationPolicy Policy { get; init; } = AugmentationPolicy.Birder;

    /// <summary>Strength of the operations, 0 to 10. Default 1.</summary>
    public int Level { get; init; } = 1;

    /// <summary>The smallest and the largest part of the area that a crop keeps. Default 0.35 to 1.</summary>
    public IReadOnlyList<double> Area { get; init; } = [0.35, 1];

    /// <summary>The narrowest and the widest crop: width over height. Default 3/4 to 4/3.</summary>
    public IReadOnlyList<double> Aspect { get; init; } = [3.0 / 4, 4.0 / 3];

    /// <summary>How crops are resized. Default either, by a coin for each picture.</summary>
    public CropInterpolation Interpolation { get; init; } = CropInterpolation.Either;

    /// <summary>How often a picture is mirrored. Default 1/2.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>How often a rectangle is blackened. Default 0.</summary>
    public double ErasingProbability { get; init; }

    /// <summary>The published method's: area 0.3 to 1, bilinear, nothing else (Assran et al. 2023, appendix A.1).</summary>
    public static AugmentationSettings Paper { get; } = new()
    {
        Policy = AugmentationPolicy.NonePaper,
        Level = 0,
        Area = [0.3, 1],
        Interpolation = CropInterpolation.Bilinear,
        FlipProbability = 0,
    };

    /// <summary>With the encoder's picture size and channels.</summary>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public AugmentationRecipe ToRecipe(EncoderRecipe encoder)
    {
        if (Area is not [var smallest, var largest] || Aspect is not [var narrowest, var widest]) throw new ArgumentException("area and aspect of crops are two numbers each, the smaller first.");
        AugmentationRecipe recipe = AugmentationRecipe.Birder(encoder.ImageSize, Level) with
        {
            Policy = Policy,
            Channels = encoder.Channels,
            MinArea = smallest,
            MaxArea = largest,
            MinAspect = narrowest,
            MaxAspect = widest,
            Interpolation = Interpolation,
            FlipProbability = FlipProbability,
            ErasingProbability = ErasingProbability,
        };
        recipe.Check();
        return recipe;
    }
}
