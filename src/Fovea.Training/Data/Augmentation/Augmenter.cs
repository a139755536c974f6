using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>
/// A decoded picture to what the network sees: crop and resize, operations, erasing, flip on 8-bit pixels, then normalised. Random numbers are drawn
/// in a fixed order: interpolation, tries of the crop, number of operations, each operation with its parameters, erasing, flip.
/// </summary>
/// <remarks>Immutable; safe to use from many threads. The same stream gives the same picture, bit for bit.</remarks>
internal sealed class Augmenter
{
    private readonly AugmentationRecipe _recipe;
    private readonly PixelNormaliser _normaliser;
    private readonly IReadOnlyList<Operation> _operations;

    /// <exception cref="ArgumentException">The recipe has a field outside its range.</exception>
    public Augmenter(AugmentationRecipe recipe)
    {
        recipe.Check();
        _recipe = recipe;
        _normaliser = new PixelNormaliser(recipe.Channels);
        _operations = recipe.Policy == AugmentationPolicy.Birder ? BirderOperations.Of(recipe.Level, recipe.UsesGrey) : [];
    }

    public AugmentationRecipe Recipe => _recipe;

    /// <summary>All of it.</summary>
    /// <param name="picture">Decoded pixels; for a network of grey pictures they become grey themselves.</param>
    /// <param name="random">The picture's own numbers.</param>
    /// <param name="planes">[channels, height, width].</param>
    public void Apply(RgbImage picture, ref RandomStream random, Span<float> planes)
    {
        if (_recipe.Channels.Channels == 1) picture.ToGrey();                    // before the resize, as the reference opens such pictures
        using RgbImage pixels = Pixels(picture.Window, ref random);
        _normaliser.Normalise(pixels.Window, planes);
    }

    /// <summary>The 8-bit pixels that are normalised; the caller disposes them.</summary>
    public RgbImage Pixels(PixelWindow picture, ref RandomStream random)
    {
        RgbImage image = new(_recipe.Size);
        if (_recipe.IsPlainResize)
        {
            Resampler.Resize(picture, image, ResampleFilter.TensorBicubic);
            return image;
        }
        ResampleFilter filter = DrawFilter(ref random);
        CropWindow window = CropWindow.Draw(picture.Size, _recipe, ref random);
        Resampler.Resize(picture.Crop(window.Top, window.Left, window.Size), image, filter);
        Operate(image, ref random);
        if (_recipe.ErasingProbability > 0 && random.NextChance(_recipe.ErasingProbability)) RandomErasing.Apply(image, _recipe.Level, ref random);
        if (_recipe.FlipProbability > 0 && random.NextChance(_recipe.FlipProbability)) Geometry.Flip(image);
        return image;
    }

    private ResampleFilter DrawFilter(ref RandomStream random) => _recipe.Interpolation switch
    {
        CropInterpolation.Bilinear => ResampleFilter.TensorBilinear,
        CropInterpolation.Bicubic => ResampleFilter.TensorBicubic,
        _ => random.NextChance(0.5) ? ResampleFilter.TensorBilinear : ResampleFilter.TensorBicubic,
    };

    private void Operate(RgbImage image, ref RandomStream random)
    {
        if (_operations.Count == 0) return;
        int most = BirderOperations.MostAtOnce(_recipe.Level);
        int count = BirderOperations.FewestAtOnce + random.NextInteger(most - BirderOperations.FewestAtOnce + 1);
        for (int number = 0; number < count; number++) _operations[random.NextInteger(_operations.Count)](image, ref random);
    }
}
