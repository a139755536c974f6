using System.Runtime.InteropServices;
using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>
/// Drawn pictures of one shape each, of random place, size, angle and colours, labelled by the shape: a set without files on which a probe can see
/// whether an encoder learns. Sample n is a function of (seed, n).
/// </summary>
internal sealed class ShapePictures : IPictureSet
{
    private readonly ulong _seed;
    private readonly ImageSize _size;

    /// <param name="count">Pictures.</param>
    /// <param name="size">Of each.</param>
    /// <param name="seed">Other seeds, other pictures: one for training, one for test.</param>
    public ShapePictures(int count, ImageSize size, ulong seed)
    {
        (Count, _size, _seed) = (count, size, seed);
        Sources = [new SourceShare("shapes", First: 0, count, Factor: 1)];
    }

    /// <summary>What labels mean.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["disc", "ring", "square", "triangle", "cross", "bar"];

    public int Count { get; }

    public IReadOnlyList<SourceShare> Sources { get; }

    public string NameOf(int sample) => $"{Classes[LabelOf(sample)!.Value]}/{sample}";

    public int? LabelOf(int sample) => sample % Classes.Count;

    public RgbImage Open(int sample)
    {
        RandomStream random = new(_seed, RandomPurpose.Shapes, place: sample);
        uint paper = Colour(ref random), ink = Colour(ref random);
        double side = Math.Min(_size.Height, _size.Width), radius = side * random.NextUniform(0.2, 0.4);
        double centreX = random.NextUniform(radius, _size.Width - radius), centreY = random.NextUniform(radius, _size.Height - radius);
        (double sine, double cosine) = Math.SinCos(random.NextUniform(0, 2 * Math.PI));
        RgbImage image = new(_size);
        for (int row = 0; row < _size.Height; row++)
        {
            Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(image.Row(row));
            for (int column = 0; column < pixels.Length; column++)
            {
                double x = (column + 0.5 - centreX) / radius, y = (row + 0.5 - centreY) / radius;
                pixels[column] = IsInside(LabelOf(sample)!.Value, cosine * x + sine * y, cosine * y - sine * x) ? ink : paper;
            }
        }
        return image;
    }

    public void Dispose()
    {
    }

    // In the shape's own frame, where it fills the unit disc.
    private static bool IsInside(int shape, double x, double y) => Classes[shape] switch
    {
        "disc" => x * x + y * y < 0.64,
        "ring" => x * x + y * y is > 0.36 and < 1,
        "square" => Math.Abs(x) < 0.7 && Math.Abs(y) < 0.7,
        "triangle" => y < 0.5 && y > 2 * Math.Abs(x) - 1,
        "cross" => (Math.Abs(x) < 0.25 && Math.Abs(y) < 0.95) || (Math.Abs(y) < 0.25 && Math.Abs(x) < 0.95),
        _ => Math.Abs(x) < 0.95 && Math.Abs(y) < 0.25,
    };

    private static uint Colour(ref RandomStream random) => random.NextBits() & 0xFFFFFF;
}
