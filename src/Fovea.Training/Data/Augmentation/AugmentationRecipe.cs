namespace Fovea.Training.Data;

/// <summary>Every number of the way from a decoded picture to what the network sees. Made by <see cref="Birder"/> or <see cref="NonePaper"/>, then changed by `with`.</summary>
internal sealed record AugmentationRecipe
{
    /// <summary>The highest level of operations.</summary>
    public const int HighestLevel = 10;

    private AugmentationRecipe(ImageSize size) => Size = size;

    /// <summary>The network's input.</summary>
    public ImageSize Size { get; init; }

    /// <summary>Mean and deviation that pixels are normalised with; of one channel for a network of grey pictures.</summary>
    public ChannelStatistics Channels { get; init; } = ChannelStatistics.Birder;

    /// <summary>What comes after the crop.</summary>
    public AugmentationPolicy Policy { get; init; }

    /// <summary>Strength of the operations, 0 to 10; looked at by <see cref="AugmentationPolicy.Birder"/> alone.</summary>
    public int Level { get; init; }

    /// <summary>The smallest part of a picture's area that a crop keeps, above 0.</summary>
    public double MinArea { get; init; }

    /// <summary>The largest part, at most 1.</summary>
    public double MaxArea { get; init; } = 1;

    /// <summary>The narrowest crop: width over height, above 0.</summary>
    public double MinAspect { get; init; } = 3.0 / 4;

    /// <summary>The widest crop.</summary>
    public double MaxAspect { get; init; } = 4.0 / 3;

    /// <summary>How crops are resized. Level 0 is bicubic whatever stands here.</summary>
    public CropInterpolation Interpolation { get; init; }

    /// <summary>How often a picture is mirrored left to right, 0 to 1.</summary>
    public double FlipProbability { get; init; }

    /// <summary>How often a rectangle is blackened, 0 to 1; its size grows with the level.</summary>
    public double ErasingProbability { get; init; }

    /// <summary>Whether turning grey is one of the operations.</summary>
    public bool UsesGrey { get; init; }

    /// <summary>The reference's own for I-JEPA: area 0.35 to 1, either interpolation, operations of a level, flip with probability 1/2.</summary>
    /// <param name="size">The network's input.</param>
    /// <param name="level">0 to 10.</param>
    public static AugmentationRecipe Birder(ImageSize size, int level = 1) => new(size)
    {
        Policy = AugmentationPolicy.Birder,
        Level = level,
        MinArea = 0.35,
        Interpolation = CropInterpolation.Either,
        FlipProbability = 0.5,
    };

    /// <summary>The published method's (Assran et al. 2023, A.1): area 0.3 to 1, bilinear, no operation, no flip, ImageNet's statistics.</summary>
    /// <param name="size">The network's input.</param>
    public static AugmentationRecipe NonePaper(ImageSize size) => new(size)
    {
        Policy = AugmentationPolicy.NonePaper,
        MinArea = 0.3,
        Interpolation = CropInterpolation.Bilinear,
        Channels = ChannelStatistics.ImageNet,
    };

    /// <summary>Whether the picture is resized as a whole and nothing is left to chance.</summary>
    internal bool IsPlainResize => Policy == AugmentationPolicy.Birder && Level == 0;

    /// <summary>Numbers of one picture that comes out: [channels, height, width].</summary>
    internal int Length => Channels.Channels * Size.Height * Size.Width;

    /// <summary>Looks at each field by itself and at those that belong together.</summary>
    /// <exception cref="ArgumentException">A field is outside its range; the message names it.</exception>
    public void Check()
    {
        if (Size.Height < 1 || Size.Width < 1) throw new ArgumentException($"The size {Size} has a side below 1.");
        if (!Channels.FitPictures) throw new ArgumentException($"Statistics of {Channels.Channels} channels fit no picture; colour has 3, grey has 1.");
        if (Level is < 0 or > HighestLevel) throw new ArgumentException($"The augmentation level {Level} is outside 0 to {HighestLevel}.");
        if (!(MinArea > 0 && MinArea <= MaxArea && MaxArea <= 1)) throw new ArgumentException($"Crops of {MinArea} to {MaxArea} of the area cannot be drawn; 0 < smallest <= largest <= 1.");
        if (!(MinAspect > 0 && MinAspect <= MaxAspect && double.IsFinite(MaxAspect))) throw new ArgumentException($"Crops of aspect {MinAspect} to {MaxAspect} cannot be drawn; 0 < narrowest <= widest.");
        if (FlipProbability is not (>= 0 and <= 1)) throw new ArgumentException($"The flip probability {FlipProbability} is outside 0 to 1.");
        if (ErasingProbability is not (>= 0 and <= 1)) throw new ArgumentException($"The erasing probability {ErasingProbability} is outside 0 to 1.");
    }
}
