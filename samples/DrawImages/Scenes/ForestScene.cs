using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>A path into a forest: rows of trees, each nearer, darker and larger than the one before, and light that falls between them.</summary>
internal sealed class ForestScene(ForestSeason season, uint seed) : IScene
{
    private const int Rows = 6;
    private const double Horizon = 0.58;

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        double lampX = 0.60 * aspect, lampY = 0.30;
        double distance = Math.Sqrt((x - lampX) * (x - lampX) + (y - lampY) * (y - lampY));
        Colour light = season.Light * (0.30 * Shaft(x - lampX, y - lampY + 0.35) * Math.Exp(-0.9 * distance));
        for (int row = Rows - 1; row >= 0; row--)                                // near to far: the first thing in the way is seen
        {
            double nearness = (row + 1.0) / Rows;
            if ((Leaves(x, y, row, nearness) ?? Tree(x, y, row, nearness, lampX)) is { } thing) return Hazy(thing, nearness, distance) + light;
        }
        return light + (y > Horizon ? Floor(x, y, aspect) : season.Haze.Mix(season.Light, 1.15 * Math.Exp(-1.9 * distance)));
    }

    private Colour Hazy(Colour thing, double nearness, double distance) =>
        thing.Mix(season.Haze.Mix(season.Light, Math.Exp(-1.9 * distance)), 0.88 * Math.Pow(1 - nearness, 0.75));

    private Colour Floor(double x, double y, double aspect)
    {
        double depth = (y - Horizon) / (1 - Horizon), far = 1 / (depth + 0.12);
        double bend = 0.58 * aspect + 0.16 * Math.Sin(3.2 * depth) * (1 - depth) - 0.06 * depth;
        double path = Ramp.Step(0.05 + 0.26 * depth, 0.02 + 0.16 * depth, Math.Abs(x - bend) + 0.03 * _noise.Fractal(6 * x, 5 * far, 3));
        Colour floor = season.Ground * (0.75 + 0.4 * _noise.Fractal((x - aspect / 2) * far * 3, far * 9, 5));
        Pebble leaf = _noise.PebbleAt((x - aspect / 2) * far * 9, far * 22);
        if (_noise.Cell(leaf.Column, leaf.Row, 5) < 0.42 && leaf.Distance < 0.36)
            floor = LeafColour(leaf.Column, leaf.Row) * (0.7 + 0.35 * _noise.Cell(leaf.Column, leaf.Row, 6));
        Colour trodden = season.Ground.Mix(season.Light, 0.42) * (0.9 + 0.18 * _noise.Fractal((x - aspect / 2) * far * 5, far * 16, 4));
        return floor.Mix(trodden, 0.85 * path).Mix(season.Light, 0.75 * Math.Exp(-6 * depth)) * (1 - 0.3 * depth * depth);
    }

    private Colour? Tree(double x, double y, int row, double nearness, double lampX)
    {
        double spacing = 0.07 * Math.Pow(1.42, row);
        double ground = Ground(nearness);
        if (y > ground - 0.02 * nearness * Math.Abs(_noise.Smooth(30 * x / nearness, 3.5 + row))) return null;     // grass hides the foot
        double bend = 0.05 * spacing * _noise.Fractal(y * 3 / spacing * 0.12, row + 0.5, 3);
        int cell = (int)Math.Floor((x + bend) / spacing);
        if (_noise.Cell(cell, row, 0) < 0.18) return null;
        double lean = 0.25 * (_noise.Cell(cell, row, 1) - 0.5) * (ground - y) * spacing;
        double centre = (cell + 0.3 + 0.4 * _noise.Cell(cell, row, 2)) * spacing + lean;
        double half = spacing * (0.055 + 0.06 * _noise.Cell(cell, row, 3)) * (1 + 0.9 * Math.Exp(-(ground - y) / (0.08 * nearness + 0.01)));
        if (row >= Rows - 2 && Math.Abs(centre - lampX) < 0.24) return null;     // the path stays open
        double across = (x + bend - centre) / half;
        if (Math.Abs(across) > 1) return null;
        double bark = _noise.Fractal(across * 2.2 + 9 * cell, y * 5 / spacing * 0.14 + row, 4);
        double lit = Ramp.Step(-0.1, 1, across * Math.Sign(lampX - x)), moss = Ramp.Step(0.16 * nearness, 0, ground - y + 0.05 * bark * nearness);
        return (season.Bark * (0.9 + 0.9 * bark)).Mix(season.Ground, 0.8 * moss).Mix(season.Light, 0.26 * lit);
    }

    // Crowns hang from the upper edge, undergrowth stands on the ground; both are single leaves where noise says that there are any.
    private Colour? Leaves(double x, double y, int row, double nearness)
    {
        double size = 0.012 + 0.022 * nearness, ground = Ground(nearness), shift = 31 * row;
        if (y > 0.56 - 0.2 * nearness && (y < ground - 0.1 || y > ground + 0.006)) return null;     // between the two there is nothing to ask for
        Pebble leaf = _noise.PebbleAt(x / size + shift, 1.25 * y / size);
        double mass = _noise.Fractal(0.09 * x / size + shift, 0.16 * y / size, 4) + 0.7 * (_noise.Cell(leaf.Column, leaf.Row, 9) - 0.5);
        double crown = mass + 0.55 - 1.7 * Ramp.Step(-0.05, 0.56 - 0.2 * nearness, y);
        double tall = 0.07 * nearness * Math.Max(0, 0.35 + _noise.Fractal(0.05 * x / size, shift, 3));
        double undergrowth = row < Rows - 2 && y < ground + 0.006 ? 0.3 * mass - 6 * Math.Max(0, ground - tall - y) / nearness + 0.05 : -1;
        if (Math.Max(crown, undergrowth) < 0 || leaf.Distance > 0.62) return null;
        double light = 0.50 + 0.45 * _noise.Cell(leaf.Column, leaf.Row, 7) + 0.35 * (leaf.FromCentreX - leaf.FromCentreY) + 0.25 * mass;
        double vein = Ramp.Step(0.10, 0.02, Math.Abs(leaf.FromCentreX + leaf.FromCentreY * (_noise.Cell(leaf.Column, leaf.Row, 10) - 0.5)));
        return LeafColour(leaf.Column, leaf.Row) * (light + 0.12 * vein);
    }

    /// <summary>Where the trees of a row stand, from the upper edge.</summary>
    private static double Ground(double nearness) => Horizon + 0.03 + 0.30 * nearness * nearness * nearness;

    private Colour LeafColour(int column, int row) => season.Leaves[(int)(_noise.Cell(column, row, 8) * season.Leaves.Length)];

    private double Shaft(double dx, double dy)
    {
        double angle = Math.Atan2(dx, Math.Max(dy, 0.02));
        return Ramp.Step(0.0, 0.6, _noise.Fractal(9 * angle, 3.7, 3)) * Ramp.Step(0.1, 0.5, dy);
    }
}
