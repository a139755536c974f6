using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>A city across the river at night: three rows of towers with lamps in their windows, a moon, and all lights drawn out on the water.</summary>
internal sealed class CityScene(uint seed) : IScene
{
    private const double Quay = 0.64;
    private const int Rows = 3;

    private static readonly Colour Night = Colour.Hex(0x0A1030), Glow = Colour.Hex(0x9A4C74), Moonlight = Colour.Hex(0xFFF3D6);
    private static readonly Colour[] Windows = [Colour.Hex(0xFFD48A), Colour.Hex(0xFFB65C), Colour.Hex(0xCFE6FF), Colour.Hex(0xFFE9C2)];

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        if (y < Quay) return Shore(x, y, aspect);
        double depth = (y - Quay) / (1 - Quay), far = 1 / (depth + 0.1);
        double ripple = _noise.Fractal((x - aspect / 2) * far * 1.2, far * 7, 4);
        Colour sum = Colour.Black;
        const int Smear = 7;                                                     // each wave lifts or lowers what it mirrors
        for (int step = 0; step < Smear; step++)
        {
            double lift = (step - Smear / 2) * 0.012 * (0.4 + depth);
            sum += Shore(x + 0.012 * ripple * (0.5 + depth), Math.Clamp(Quay - 0.9 * (y - Quay) + lift + 0.03 * ripple, 0, Quay - 0.001), aspect);
        }
        return (sum * (1.0 / Smear) * 1.25).Mix(Night, 0.10 + 0.38 * depth + 0.25 * ripple);
    }

    private Colour Shore(double x, double y, double aspect)
    {
        if (y > Quay - 0.012) return StreetLamps(x);
        for (int row = Rows - 1; row >= 0; row--)
        {
            if (Tower(x, y, row) is { } tower) return tower;
        }
        return Sky(x, y, aspect);
    }

    private static Colour StreetLamps(double x)
    {
        double lamp = Math.Abs(x / 0.045 - Math.Floor(x / 0.045) - 0.5);
        return Colour.Hex(0x1A1726) + Colour.Hex(0xFFC676) * Ramp.Step(0.22, 0.05, lamp);
    }

    private Colour? Tower(double x, double y, int row)
    {
        double width = 0.062 + 0.024 * row, place = x / width + 0.41 * row;
        int tower = (int)Math.Floor(place);
        double across = place - tower, kind = _noise.Cell(tower, row, 0);
        double bulge = 0.16 + 0.22 * Ramp.Bell(0.75, 0.42, (tower + 0.5 - 0.41 * row) * width);                   // the centre of the city stands highest
        double height = (0.35 + 0.65 * kind) * bulge * (1.65 - 0.38 * row) + 0.03;
        double above = Quay - y;
        if (across is < 0.03 or > 0.97) height *= 0.86;                          // gaps between neighbours
        if (above > height && kind > 0.6 && across is > 0.25 and < 0.75) height *= 1.08;
        if (kind > 0.82 && Math.Abs(across - 0.5) < 0.012 && above < height * 1.22) return Colour.Hex(0x2A2C48);
        if (above > height) return null;
        Colour wall = Colour.Hex(0x2C2B50).Mix(Colour.Hex(0x10122A), row / (Rows - 1.0)) * (across < 0.5 ? 1.12 : 0.9);
        wall = wall.Mix(Glow, 0.35 * Math.Exp(-6 * above) * (1 - 0.25 * row));
        return Window(tower, row, across, above, width, height) is { } window ? wall.Mix(window, 0.55 + 0.2 * row) : wall;
    }

    private Colour? Window(int tower, int row, double across, double above, double width, double height)
    {
        double pane = 0.0072 + 0.0012 * row, side = across * width / pane, up = above / (1.35 * pane);
        int column = (int)side, floor = (int)up;
        if (across is < 0.1 or > 0.9 || above > height * 0.97) return null;
        if (side - column is < 0.22 or > 0.78 || up - floor is < 0.25 or > 0.75) return null;
        double busy = 0.18 + 0.35 * _noise.Cell(tower, row, 1);
        if (_noise.Cell(100 * tower + column, floor, 2 + row) > busy) return null;
        return Windows[(int)(_noise.Cell(tower, floor / 3, 6 + row) * Windows.Length)] * (0.65 + 0.35 * _noise.Cell(column, floor, 9));
    }

    private Colour Sky(double x, double y, double aspect)
    {
        double height = 1 - y / Quay, dx = x - 0.2 * aspect, dy = y - 0.15;
        double distance = Math.Sqrt(dx * dx + dy * dy);
        Colour sky = Glow.Mix(Night, Math.Pow(height, 0.55));
        Pebble star = _noise.PebbleAt(34 * x, 34 * y);
        if (_noise.Cell(star.Column, star.Row, 10) < 0.3) sky += Colour.White * (0.8 * Ramp.Step(0.07, 0.02, star.Distance) * Ramp.Step(0.35, 0.8, height));
        double cloud = Ramp.Step(0.05, 0.6, _noise.Fractal(1.4 * x, 6 * y + 3, 5));
        sky = sky.Mix(Colour.Hex(0x4B3A68), 0.55 * cloud);
        double seas = 0.86 + 0.2 * _noise.Fractal(26 * dx, 26 * dy, 4);
        return sky.Mix(Moonlight * seas, Ramp.Step(0.062, 0.058, distance)) + Moonlight * (0.30 * Math.Exp(-9 * distance));
    }
}
