using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>A waxing moon among stars: a ball with craters of five sizes and dark plains, lit from the right.</summary>
internal sealed class MoonScene(uint seed) : IScene
{
    private const double Radius = 0.41;

    private static readonly Vector Sun = new Vector(0.86, 0.22, -0.46).Unit();

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        double u = (x - aspect / 2) / Radius, v = (0.5 - y) / Radius, edge = u * u + v * v;
        if (edge > 1) return Stars(x, y);
        Vector normal = new(u, v, -Math.Sqrt(1 - edge));
        // Longitude and latitude stretch towards the rim, as the craters of a ball must.
        double longitude = 2.6 * Math.Asin(Math.Clamp(u / Math.Sqrt(Math.Max(1e-6, 1 - v * v)), -1, 1)), latitude = 2.6 * Math.Asin(v);
        const double Near = 0.012;
        double height = Height(longitude, latitude);
        double slopeX = (Height(longitude + Near, latitude) - height) / Near, slopeY = (Height(longitude, latitude + Near) - height) / Near;
        Vector bumpy = (normal - new Vector(slopeX, slopeY, 0) * 0.5).Unit();
        double plain = Ramp.Step(0.0, 0.35, _noise.Fractal(0.55 * longitude + 3, 0.6 * latitude, 4));
        double light = Ramp.Step(-0.06, 0.9, bumpy.Dot(Sun)) * Ramp.Step(-0.08, 0.14, normal.Dot(Sun));
        return Colour.White * (0.02 + light * (0.80 - 0.36 * plain + 0.06 * _noise.Fractal(9 * longitude, 9 * latitude, 3)));
    }

    private double Height(double longitude, double latitude)
    {
        double height = 0.02 * _noise.Fractal(5 * longitude, 5 * latitude, 4);
        for (int size = 0; size < 5; size++)
        {
            double scale = 0.9 * Math.Pow(1.75, size);
            Pebble cell = _noise.PebbleAt(scale * longitude + 20 * size, scale * latitude);
            double radius = 0.16 + 0.22 * _noise.Cell(cell.Column, cell.Row, 3), place = cell.Distance / radius;
            if (_noise.Cell(cell.Column, cell.Row, 4) > 0.55 || place > 1.5) continue;
            double bowl = -Ramp.Step(1, 0.45, place), rim = 0.6 * Ramp.Bell(1, 0.16, place), peak = size < 2 ? 0.5 * Ramp.Bell(0, 0.15, place) : 0;
            height += 0.24 * radius / scale * (bowl + rim + peak);
        }
        return height;
    }

    private Colour Stars(double x, double y)
    {
        Pebble star = _noise.PebbleAt(22 * x, 22 * y);
        double bright = _noise.Cell(star.Column, star.Row, 5) < 0.3 ? _noise.Cell(star.Column, star.Row, 6) : 0;
        return Colour.White * (0.015 + bright * Ramp.Step(0.07, 0.01, star.Distance));
    }
}
