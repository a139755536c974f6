using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>Ridge behind ridge, paler with distance, firs on the nearest; where there is a lake, the mountains stand in it upside down.</summary>
/// <param name="hour">The light.</param>
/// <param name="shore">Where the lake begins, from the upper edge; 1: no lake.</param>
/// <param name="seed">Which mountains.</param>
internal sealed class MountainScene(MountainHour hour, double shore, uint seed) : IScene
{
    private const int Ridges = 5;

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        if (y < shore) return Land(x, y, aspect);
        double depth = (y - shore) / (1 - shore), far = 1 / (depth + 0.08);
        double ripple = _noise.Fractal((x - aspect / 2) * far * 0.9, far * 6, 4);
        Colour mirror = Land(x + 0.010 * ripple, Math.Max(0, shore - 0.9 * (y - shore) + 0.03 * ripple * (0.15 + depth)), aspect);
        Colour deep = Colour.Hex(0x174A5C);
        return mirror.Mix(deep, 0.18 + 0.42 * depth + 0.10 * ripple) + hour.Sun * (0.10 * Ramp.Step(0.25, 0.7, ripple) * (1 - depth));
    }

    private Colour Land(double x, double y, double aspect)
    {
        for (int ridge = Ridges - 1; ridge >= 0; ridge--)                        // near to far: the first that covers the place is seen
        {
            double below = y - Crest(x, ridge, aspect);
            if (below < 0) continue;
            double nearness = ridge / (Ridges - 1.0);
            Colour rock = hour.FarRidge.Mix(hour.NearRidge, nearness * nearness * 0.4 + 0.6 * nearness);
            if (ridge is 0 or 1) rock = Snowy(rock, x, y, below, ridge);
            else rock = Wooded(rock, x, y, 0.006 + 0.004 * (ridge - 2));
            double mist = Ramp.Step(0.0, 0.24, below) * (1 - nearness) * 0.65;
            return rock.Mix(hour.Horizon, mist);
        }
        return Sky(x, y, aspect);
    }

    private double Crest(double x, int ridge, double aspect)
    {
        double scale = Math.Min(shore, 0.95), side = 2 * Math.Abs(x / aspect - 0.5);                  // the valley is open in its middle
        double mountain = ridge < 2 ? _noise.Ridged(0.9 * x + 5.3 * ridge, 0.37 + ridge, 6) : 0;
        double hill = ridge < 2 ? 0 : 0.5 + 0.5 * _noise.Fractal(1.4 * x + 3.1 * ridge, 4.2 + ridge, 5);
        return scale * ridge switch
        {
            0 => 0.78 - 0.62 * (mountain - 0.35),
            1 => 0.86 - 0.45 * (mountain - 0.35),
            2 => 0.90 - 0.16 * hill - 0.12 * side * side,
            3 => 0.97 - 0.14 * hill - 0.13 * side * side * side,
            _ => 1.01 - 0.07 * hill - 0.05 * side * side - Firs(x),
        };
    }

    /// <summary>Height of the tree tops over the nearest ridge: three rows of triangles, one behind the other.</summary>
    private double Firs(double x)
    {
        double height = 0;
        for (int row = 0; row < 3; row++)
        {
            double spacing = 0.013 + 0.004 * row, place = x / spacing + 0.37 * row;
            int tree = (int)Math.Floor(place);
            double tall = 0.02 + 0.05 * _noise.Cell(tree, row, 1) * (0.6 + 0.4 * _noise.Fractal(2.5 * x, 8.5, 2));
            height = Math.Max(height, tall * (1 - 1.7 * Math.Abs(place - tree - 0.5)));
        }
        return height;
    }

    /// <summary>Slopes under trees: rows of tips, each lit at its left or right and dark at its foot.</summary>
    private Colour Wooded(Colour slope, double x, double y, double size)
    {
        int row = (int)Math.Floor(y / size);
        double place = x / (0.8 * size) + _noise.Cell(row, 0, 6), above = row + 1 - y / size;
        int tree = (int)Math.Floor(place);
        double across = 2 * (place - tree) - 1, tip = (0.75 + 0.5 * _noise.Cell(tree, row, 7)) * (1 - Math.Abs(across));
        double lit = above < tip ? 0.85 + 0.2 * above - 0.16 * across * (hour.SunPlace.Across < 0.5 ? 1 : -1) : 0.72;
        return slope * (lit * (1 + 0.28 * _noise.Fractal(6 * x, 9 * y, 4)));
    }

    // A slope is lit when the ground falls away from the sun; snow stays near the crest and off the steepest parts.
    private Colour Snowy(Colour rock, double x, double y, double below, int ridge)
    {
        double bump = _noise.Ridged(5.5 * x + 40 * ridge, 3.4 * y, 5), beside = _noise.Ridged(5.5 * (x + 0.012) + 40 * ridge, 3.4 * (y + 0.004), 5);
        double lit = Ramp.Step(-0.10, 0.10, (beside - bump) * (hour.SunPlace.Across > 0.5 ? -1 : 1));
        double snow = Ramp.Step(0.16, 0.02, below + 0.10 * (0.7 - bump));
        return (rock * (0.72 + 0.42 * lit)).Mix(hour.Snow * (0.66 + 0.34 * lit), snow * 0.9);
    }

    private Colour Sky(double x, double y, double aspect)
    {
        double height = Math.Clamp(1 - y / (0.72 * Math.Min(shore, 0.95)), 0, 1);
        Colour sky = hour.Horizon.Mix(hour.Middle, 2.2 * height).Mix(hour.Zenith, Ramp.Step(0.3, 1, height));
        double dx = x - hour.SunPlace.Across * aspect, dy = y - hour.SunPlace.Down;
        double distance = Math.Sqrt(dx * dx + dy * dy);
        Pebble star = _noise.PebbleAt(38 * x, 38 * y);
        if (_noise.Cell(star.Column, star.Row, 4) < 0.35)
            sky += Colour.White * (hour.Stars * Ramp.Step(0.075, 0.02, star.Distance) * Ramp.Step(0.45, 0.9, height) * _noise.Cell(star.Column, star.Row, 5));
        double cover = Ramp.Step(0.02, 0.55, _noise.Fractal(1.3 * x + 2, 5.2 * y + 1, 6));
        sky = sky.Mix(hour.Cloud, 0.82 * cover * Ramp.Step(0, 0.25, height));
        return sky + hour.Sun * (0.55 * Math.Exp(-5 * distance) + Ramp.Step(0.055, 0.048, distance));
    }
}
