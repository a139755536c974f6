using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Blackens one rectangle (Zhong et al. 2017), on 8-bit pixels and so before they are normalised: black, not the mean.</summary>
internal static class RandomErasing
{
    private const int Tries = 10;

    /// <summary>Draws at each try an area, an aspect, and when they fit a row and a column; after ten that do not fit the picture stays.</summary>
    /// <param name="image">Changed.</param>
    /// <param name="level">0 to 10; the largest area grows with it.</param>
    /// <param name="random">The picture's own numbers.</param>
    public static void Apply(RgbImage image, int level, ref RandomStream random)
    {
        (int height, int width) = (image.Size.Height, image.Size.Width);
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double area = (double)height * width * random.NextUniform(0.02, 0.05 + 0.025 * level);
            double aspect = Math.Exp(random.NextUniform(Math.Log(0.3), Math.Log(3.3)));                    // height over width
            int rows = (int)Math.Round(Math.Sqrt(area * aspect)), columns = (int)Math.Round(Math.Sqrt(area / aspect));
            if (rows >= height || columns >= width) continue;
            int top = random.NextInteger(height - rows + 1), left = random.NextInteger(width - columns + 1);
            for (int row = top; row < top + rows; row++) image.Row(row).Slice(RgbImage.PixelBytes * left, RgbImage.PixelBytes * columns).Clear();
            return;
        }
    }
}
