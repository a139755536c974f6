using DrawImages.Rendering;

namespace DrawImages.Textures;

/// <summary>Pebbles of a beach in low sun, large ones with small ones in the gaps.</summary>
internal sealed class StoneTexture(uint seed) : IScene
{
    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        double wobble = 0.10 * _noise.Fractal(5 * x, 5 * y, 2);
        return Stone(5.2 * x + wobble, 6.2 * y - wobble, 0) ?? Stone(15 * x + 3 * wobble, 17 * y, 40) ?? Colour.White * (0.13 + 0.10 * _noise.Fractal(70 * x, 70 * y, 3));
    }

    private Colour? Stone(double x, double y, int kind)
    {
        Pebble pebble = _noise.PebbleAt(x, y);
        double inside = Math.Min(pebble.Inside, 1.0 - 0.9 * pebble.Distance);
        if (inside < 0.10 || (kind > 0 && _noise.Cell(pebble.Column, pebble.Row, kind) < 0.15)) return null;
        double swell = Ramp.Step(0.05, 0.75, inside);                               // how far up its back
        double lean = (pebble.FromCentreX * -0.75 + pebble.FromCentreY * -0.6) * (1.15 - 0.75 * swell);
        double tone = 0.30 + 0.42 * _noise.Cell(pebble.Column, pebble.Row, kind + 3);
        double angle = Math.PI * _noise.Cell(pebble.Column, pebble.Row, kind + 4), along = x * Math.Cos(angle) + y * Math.Sin(angle);
        bool isVeined = _noise.Cell(pebble.Column, pebble.Row, kind + 5) < 0.35;
        double vein = isVeined ? 0.30 * Ramp.Bell(0, 0.10, Math.Sin(7 * along + 1.5 * _noise.Fractal(2 * x, 2 * y, 3))) : 0;
        double speckle = 0.09 * _noise.Fractal(13 * x, 13 * y, 4);
        double light = 0.34 + 0.62 * swell + 0.85 * lean, wet = 0.35 * Ramp.Bell(0, 0.16, Math.Sqrt(Math.Pow(pebble.FromCentreX + 0.16, 2) + Math.Pow(pebble.FromCentreY + 0.14, 2)));
        double shade = kind > 0 ? 0.6 : 1;                                          // small ones lie in the shadow of the large
        return Colour.White * (shade * Math.Max(0.03, (tone + vein + speckle) * light + wet * swell * tone));
    }
}
