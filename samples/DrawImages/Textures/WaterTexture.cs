using DrawImages.Rendering;

namespace DrawImages.Textures;

/// <summary>A pool in the sun: tiles that bend under the waves, the net of light on them, glints on the surface.</summary>
internal sealed class WaterTexture(uint seed) : IScene
{
    private const double Tile = 0.115;

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        double waveX = _noise.Fractal(3.2 * x, 3.2 * y, 3), waveY = _noise.Fractal(3.2 * x + 40, 3.2 * y, 3);
        double u = (x + 0.035 * waveX) / Tile, v = (y + 0.035 * waveY) / Tile;
        double joint = Math.Min(Math.Abs(u - Math.Round(u)), Math.Abs(v - Math.Round(v)));
        double shade = 0.90 + 0.16 * _noise.Cell((int)Math.Floor(u), (int)Math.Floor(v), 1);
        Colour tile = Colour.Hex(0x23A9BE).Mix(Colour.Hex(0x0F6F9C), 0.75 * y + 0.2 * waveX) * shade;
        tile = Colour.Hex(0x8ED8DC).Mix(tile, Ramp.Step(0.025, 0.06, joint));
        double net = Net(x, y, waveX, waveY);
        Colour lit = tile * (0.80 + 0.25 * net) + Colour.Hex(0xEFFFF2) * (0.42 * net);
        double glint = Ramp.Step(0.56, 0.80, _noise.Fractal(5 * x + 2 * waveY, 11 * y + 2 * waveX, 4)) * (1 - 0.6 * y);
        return lit + Colour.White * (0.7 * glint);
    }

    // Light gathers where the surface bends like a lens: the edges of a pebble pattern, drawn on two wavy sheets.
    private double Net(double x, double y, double waveX, double waveY)
    {
        double coarse = _noise.PebbleAt(5.5 * x + 1.1 * waveX, 5.5 * y + 1.1 * waveY).Inside;
        double fine = _noise.PebbleAt(8.5 * x - 1.3 * waveY + 70, 8.5 * y + 1.3 * waveX).Inside;
        return Math.Exp(-9 * coarse) + 0.55 * Math.Exp(-11 * fine);
    }
}
