using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Changes a picture in place and draws its parameters from the picture's own numbers.</summary>
internal delegate void Operation(RgbImage image, ref RandomStream random);

/// <summary>The reference's operations of each level, in its order, with the range of each parameter.</summary>
internal static class BirderOperations
{
    /// <summary>The fewest operations on a picture; they are drawn with replacement.</summary>
    public const int FewestAtOnce = 2;

    private const int LevelOfMost = 3, LevelOfAll = 5;

    /// <summary>The most operations on a picture.</summary>
    public static int MostAtOnce(int level) => Math.Max(FewestAtOnce, (level + 1) / 2);

    /// <summary>What operations are drawn from: 4 of them at levels 1 and 2, 11 at 3 and 4, 12 from 5 on, and one more with grey.</summary>
    public static IReadOnlyList<Operation> Of(int level, bool usesGrey)
    {
        if (level == 0) return [];
        List<Operation> operations = [Nothing, Rotation(level), Brightness(level), ContrastAndHue(level)];
        if (level >= LevelOfMost)
        {
            operations.AddRange([Saturation(level), Shift(level), Shear(level), Posterise(level), Blur(level), Autocontrast, Sharpness(level)]);
        }
        if (level >= LevelOfAll) operations.Add(Solarise(level));
        if (usesGrey) operations.Add(Grey);
        return operations;
    }

    private static void Nothing(RgbImage image, ref RandomStream random)
    {
    }

    private static void Autocontrast(RgbImage image, ref RandomStream random) => Tones.Autocontrast(image);

    private static void Grey(RgbImage image, ref RandomStream random) => Colours.Grey(image);

    private static Operation Rotation(int level) => (image, ref random) => Geometry.Rotate(image, random.NextUniform(-2.25 * level, 2.25 * level));

    private static Operation Brightness(int level)
    {
        double range = 0.2 + 0.0125 * level;
        return (image, ref random) => Tones.Brightness(image, (float)random.NextUniform(1 - range, 1 + range));
    }

    // The order of the two matters, since each cuts to 8 bits; without a hue there is none.
    private static Operation ContrastAndHue(int level)
    {
        double contrastRange = 0.05 + 0.025 * level, hueRange = Math.Max(0, 0.0125 * level - 0.025);
        return (image, ref random) =>
        {
            float contrast = (float)random.NextUniform(1 - contrastRange, 1 + contrastRange);
            float hue = hueRange > 0 ? (float)random.NextUniform(-hueRange, hueRange) : 0;
            bool isHueFirst = hueRange > 0 && random.NextChance(0.5);
            if (isHueFirst) Colours.Hue(image, hue);
            Tones.Contrast(image, contrast);
            if (hueRange > 0 && !isHueFirst) Colours.Hue(image, hue);
        };
    }

    private static Operation Saturation(int level) => (image, ref random) =>
        Colours.Saturation(image, (float)Math.Clamp(1 + random.NextUniform(-0.07 * level, 0.07 * level), 0.1, 2));

    private static Operation Shift(int level) => (image, ref random) =>
    {
        double widest = 0.02 * level * image.Size.Width, highest = 0.02 * level * image.Size.Height;
        int right = (int)Math.Round(random.NextUniform(-widest, widest));
        Geometry.Shift(image, (int)Math.Round(random.NextUniform(-highest, highest)), right);
    };

    private static Operation Shear(int level) => (image, ref random) => Geometry.Shear(image, random.NextUniform(-2.5 * level, 2.5 * level));

    private static Operation Posterise(int level) => (image, ref random) => Tones.Posterise(image, 9 - (level + 1) / 2);

    private static Operation Blur(int level) => (image, ref random) => GaussianBlur.Apply(image, 2 * ((level + 1) / 4) + 1, (float)random.NextUniform(0.5, 1.2));

    private static Operation Sharpness(int level) => (image, ref random) =>
        Sharpening.Apply(image, (float)Math.Clamp(1 + 0.04 * level + random.NextUniform(-0.2, 0.2), 1, 2));

    private static Operation Solarise(int level)
    {
        int middle = 255 - 12 * level, range = (int)(0.3 * middle);
        return (image, ref random) => Tones.Solarise(image, Math.Clamp(middle + random.NextInteger(2 * range + 1) - range, 0, 255));
    }
}
