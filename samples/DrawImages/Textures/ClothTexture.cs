using DrawImages.Rendering;

namespace DrawImages.Textures;

/// <summary>A tartan: threads that go over two and under two, coloured in a repeating set, laid in soft folds.</summary>
internal sealed class ClothTexture(uint seed) : IScene
{
    private const double ThreadsPerHeight = 88;

    private static readonly Colour Green = Colour.Hex(0x1F4A3A), Navy = Colour.Hex(0x1B2A4E), Red = Colour.Hex(0xA3262A), Cream = Colour.Hex(0xEADFC3);

    /// <summary>The set of the tartan: so many threads of a colour, then the next, mirrored at both ends.</summary>
    private static readonly Colour[] Set =
    [
        .. Enumerable.Repeat(Green, 14), .. Enumerable.Repeat(Navy, 8), .. Enumerable.Repeat(Red, 4), .. Enumerable.Repeat(Navy, 8), .. Enumerable.Repeat(Cream, 2), .. Enumerable.Repeat(Green, 8),
    ];

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        double fold = _noise.Fractal(1.1 * x + 0.7 * y, 1.4 * y - 0.9 * x, 2), beside = _noise.Fractal(1.1 * (x + 0.02) + 0.7 * y, 1.4 * y - 0.9 * (x + 0.02), 2);
        double u = (x + 0.035 * fold) * ThreadsPerHeight, v = (y + 0.05 * fold) * ThreadsPerHeight;
        int warp = (int)Math.Floor(u), weft = (int)Math.Floor(v);
        double along = u - warp - 0.5, up = v - weft - 0.5;
        bool warpIsOnTop = ((warp - weft) % 4 + 4) % 4 < 2;
        Colour thread = warpIsOnTop ? Of(warp) : Of(weft);
        double across = warpIsOnTop ? along : up, length = warpIsOnTop ? up : along;
        double round = 1 - 2.3 * across * across, dive = 1 - 0.5 * length * length;
        double fibre = warpIsOnTop ? _noise.Fractal(9 * u, 1.5 * v, 2) : _noise.Fractal(1.5 * u, 9 * v, 2);
        double light = 0.95 + 7.5 * (beside - fold);
        return thread * ((0.62 + 0.48 * round * dive + 0.12 * fibre) * Math.Clamp(light, 0.42, 1.5));
    }

    private static Colour Of(int thread)
    {
        int place = (thread % (2 * Set.Length) + 2 * Set.Length) % (2 * Set.Length);
        return Set[place < Set.Length ? place : 2 * Set.Length - 1 - place];
    }
}
