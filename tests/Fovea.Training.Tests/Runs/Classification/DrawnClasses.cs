using SkiaSharp;

namespace Fovea.Training.Tests.Runs;

/// <summary>Folders of drawn pictures that a classifier can learn in seconds: a disc of the class's colour somewhere on grey.</summary>
internal static class DrawnClasses
{
    private const int Side = 24;

    private static readonly (string Name, SKColor Colour)[] Colours = [("blue", new(40, 60, 220)), ("green", new(40, 170, 60)), ("red", new(220, 40, 40))];

    /// <summary>Writes `root/CLASS/N.png`.</summary>
    /// <param name="root">Made.</param>
    /// <param name="perClass">Pictures of each class.</param>
    /// <param name="seed">Other seeds, other pictures.</param>
    /// <param name="classes">How many of the colours.</param>
    /// <returns>The folder.</returns>
    public static string Write(string root, int perClass, int seed, int classes = 2)
    {
        foreach ((string name, SKColor colour) in Colours.Take(classes))
        {
            Directory.CreateDirectory(Path.Combine(root, name));
            for (int number = 0; number < perClass; number++) File.WriteAllBytes(Path.Combine(root, name, $"{number:d3}.png"), Png(colour, new Random(1000 * seed + number)));
        }
        return root;
    }

    private static byte[] Png(SKColor colour, Random random)
    {
        byte grey = (byte)(60 + random.Next(130));
        double radius = 4 + 4 * random.NextDouble(), x = 8 + 8 * random.NextDouble(), y = 8 + 8 * random.NextDouble();
        using SKBitmap bitmap = new(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                bool isInside = (column - x) * (column - x) + (row - y) * (row - y) < radius * radius;
                bitmap.SetPixel(column, row, isInside ? colour : new SKColor(grey, grey, grey));
            }
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
