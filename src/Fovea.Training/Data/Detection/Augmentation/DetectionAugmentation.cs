namespace Fovea.Training.Data;

/// <summary>What is done to pictures while a detector is trained. Made for a network's input by <see cref="DetectionSamples"/>; all chances 0 and scales 1 is what the detector will see later.</summary>
internal sealed record DetectionAugmentation
{
    /// <summary>The smallest size of the picture, as a multiple of the size at which it fits the input. Default 0.75.</summary>
    public double MinScale { get; init; } = 0.75;

    /// <summary>The largest; above 1 a part of it is cut out, at a random place. Default 1.5.</summary>
    public double MaxScale { get; init; } = 1.5;

    /// <summary>How often a part of the picture around objects is taken first (Liu et al. 2016, SSD, sec. 2.2). Default 0.3.</summary>
    public double CropProbability { get; init; } = 0.3;

    /// <summary>How often pictures are mirrored left to right. Default 0.5.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>How often they are mirrored top to bottom: for pictures without an up and down. Default 0.</summary>
    public double VerticalFlipProbability { get; init; }

    /// <summary>Brightness is multiplied by 1 plus or minus this. Default 0.125.</summary>
    public double Brightness { get; init; } = 0.125;

    /// <summary>Contrast, alike. Default 0.3.</summary>
    public double Contrast { get; init; } = 0.3;

    /// <summary>Saturation, alike. Default 0.3.</summary>
    public double Saturation { get; init; } = 0.3;

    /// <summary>Hue is turned by plus or minus this, a whole circle being 1. Default 0.02.</summary>
    public double Hue { get; init; } = 0.02;

    /// <summary>Pictures as the detector will see them later.</summary>
    public static DetectionAugmentation None { get; } = new() { MinScale = 1, MaxScale = 1, CropProbability = 0, FlipProbability = 0, Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0 };

    /// <exception cref="ArgumentException">A field is outside its range; the message names it.</exception>
    public void Check()
    {
        if (!(MinScale > 0 && MinScale <= MaxScale && MaxScale <= 10)) throw new ArgumentException($"Scales of {MinScale} to {MaxScale} cannot be drawn; 0 < smallest <= largest <= 10.");
        foreach ((string name, double chance) in (ReadOnlySpan<(string, double)>)[("crop", CropProbability), ("flip", FlipProbability), ("vertical flip", VerticalFlipProbability)])
        {
            if (chance is not (>= 0 and <= 1)) throw new ArgumentException($"The {name} probability {chance} is outside 0 to 1.");
        }
        foreach ((string name, double range) in (ReadOnlySpan<(string, double)>)[("brightness", Brightness), ("contrast", Contrast), ("saturation", Saturation)])
        {
            if (range is not (>= 0 and < 1)) throw new ArgumentException($"The range {range} of the {name} is outside 0 to 1.");
        }
        if (Hue is not (>= 0 and <= 0.5)) throw new ArgumentException($"The range {Hue} of the hue is outside 0 to 0.5.");
    }
}
