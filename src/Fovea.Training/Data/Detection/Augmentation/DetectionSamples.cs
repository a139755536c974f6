using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Augmented pictures and the boxes in them. Random numbers are drawn in a fixed order: <see cref="PicturePlacement"/>, then the colours.</summary>
internal sealed class DetectionSamples : ISampleMaker<DetectionTarget>
{
    private const int Channels = 3;

    private readonly DetectionSet _pictures;
    private readonly DetectionAugmentation _augmentation;
    private readonly FittedTransform _input;

    /// <param name="pictures">The set that knows the boxes.</param>
    /// <param name="augmentation">What is done to pictures.</param>
    /// <param name="input">The network's input.</param>
    /// <exception cref="ArgumentException">A field of the augmentation is outside its range.</exception>
    public DetectionSamples(DetectionSet pictures, DetectionAugmentation augmentation, FittedTransform input)
    {
        augmentation.Check();
        (_pictures, _augmentation, _input) = (pictures, augmentation, input);
        Shape = new TensorShape(Channels, input.Size.Height, input.Size.Width);
    }

    /// <summary>[3, height, width] of the network's input.</summary>
    public TensorShape Shape { get; }

    /// <summary>One sample: a function of the picture and its random numbers.</summary>
    /// <param name="sample">Its number in the set.</param>
    /// <param name="picture">Decoded.</param>
    /// <param name="random">The picture's own numbers.</param>
    /// <param name="pixels">[3, height, width], normalised; filled.</param>
    public DetectionTarget Make(int sample, RgbImage picture, ref RandomStream random, Span<float> pixels)
    {
        LabelledBox[] objects = _pictures.ObjectsOf(sample);
        PicturePlacement placement = PicturePlacement.Draw(picture.Size, objects, _augmentation, _input, ref random);
        using RgbImage image = placement.Render(picture);
        Recolour(image, ref random);
        _input.Normalise(image.Window, pixels);
        return new DetectionTarget(placement.Size, placement.Place(objects));
    }

    // Photometric distortion (Howard 2013; Liu et al. 2016): each with probability 1/2, contrast before or after the colours.
    private void Recolour(RgbImage image, ref RandomStream random)
    {
        if (Draws(_augmentation.Brightness, ref random)) Tones.Brightness(image, Factor(_augmentation.Brightness, ref random));
        bool isContrastFirst = _augmentation.Contrast > 0 && random.NextChance(0.5);
        if (isContrastFirst) Contrast(image, ref random);
        if (Draws(_augmentation.Saturation, ref random)) Colours.Saturation(image, Factor(_augmentation.Saturation, ref random));
        if (Draws(_augmentation.Hue, ref random)) Colours.Hue(image, (float)random.NextUniform(-_augmentation.Hue, _augmentation.Hue));
        if (!isContrastFirst) Contrast(image, ref random);
    }

    private void Contrast(RgbImage image, ref RandomStream random)
    {
        if (Draws(_augmentation.Contrast, ref random)) Tones.Contrast(image, Factor(_augmentation.Contrast, ref random));
    }

    private static bool Draws(double range, ref RandomStream random) => range > 0 && random.NextChance(0.5);

    private static float Factor(double range, ref RandomStream random) => (float)random.NextUniform(1 - range, 1 + range);
}
