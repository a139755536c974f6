using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>A small harbour: hills and a town on the left shore, a lighthouse on the mole, boats at anchor, all of it again in the water.</summary>
internal sealed class HarbourScene(HarbourLight light, uint seed) : IScene
{
    private const double Waterline = 0.47;

    private readonly Noise _noise = new(seed);
    private readonly HarbourTown _town = new(light, seed + 1, Waterline);
    private readonly Boat[] _boats = Boat.Fleet(seed + 2, Waterline);

    public Colour At(double x, double y, double aspect)
    {
        double depth = (y - Waterline) / (1 - Waterline);                      // 0 far, 1 at our feet
        double ripple = depth > 0 ? Ripple(x, depth, aspect) : 0;
        Colour colour = depth > 0 ? Water(x, y, aspect, depth, ripple) : Shore(x, y, aspect);
        foreach (Boat boat in _boats)                                          // far to near
        {
            double left = x - boat.Across * aspect;
            if (boat.ColourAt(left, y - boat.Waterline) is { } body) colour = body * light.OnThings;
            else if (y > boat.Waterline) colour = Mirrored(boat, left, y, colour, depth, ripple);
        }
        return colour;
    }

    private Colour Shore(double x, double y, double aspect)
    {
        if (_town.ColourAt(x, y, aspect) is { } thing) return thing;
        double far = Waterline - 0.045 - 0.05 * (1 + _noise.Fractal(1.7 * x + 3, 0.5, 4)), near = Waterline - 0.02 - 0.04 * (1 + _noise.Fractal(2.6 * x, 7.5, 5));
        Colour sky = Sky(x, y, aspect);
        if (y > near) return Colour.Hex(0x47604A).Mix(light.Horizon, 0.38) * light.OnThings;
        return y > far ? Colour.Hex(0x6F8796).Mix(light.Horizon, 0.62) * light.OnThings : sky;
    }

    private Colour Sky(double x, double y, double aspect)
    {
        double height = Math.Clamp(1 - y / Waterline, 0, 1);
        Colour sky = light.Horizon.Mix(light.Zenith, Math.Pow(height, 0.7));
        double dx = x - light.SunPlace.Across * aspect, dy = y - (Waterline - light.SunPlace.Above);
        double distance = Math.Sqrt(dx * dx + dy * dy);
        double cover = Ramp.Step(-0.05, 0.55, _noise.Fractal(1.6 * x + 11, 6.5 * y - 4, 6)) * Ramp.Step(0.02, 0.3, height);
        sky = sky.Mix(light.Cloud, 0.75 * cover);
        return sky + light.Sun * (0.52 * Math.Exp(-6.0 * distance) + Ramp.Step(0.036, 0.03, distance));
    }

    private Colour Water(double x, double y, double aspect, double depth, double ripple)
    {
        Colour mirror = Shore(x + 0.03 * ripple * (0.2 + depth), Math.Max(0, Waterline - 0.85 * (y - Waterline) + 0.05 * ripple * (0.15 + depth)), aspect);
        Colour water = mirror.Mix(light.Water, 0.22 + 0.5 * depth + 0.18 * ripple);
        double path = Ramp.Bell(light.SunPlace.Across * aspect, 0.05 + 0.13 * depth, x) * Ramp.Step(0.12, 0.5, ripple);
        return water + light.Sun * (0.8 * path);
    }

    private Colour Mirrored(Boat boat, double left, double y, Colour water, double depth, double ripple)
    {
        double below = y - boat.Waterline;
        Colour? body = boat.ColourAt(left + 0.035 * ripple * (0.3 + depth), -below * 1.05 + 0.02 * ripple);
        return body is { } hit ? water.Mix(hit * light.OnThings * 0.75, 0.72 * Math.Exp(-3 * below)) : water;
    }

    // Waves lie on a plane that runs to the horizon: they flatten and crowd as 1 / depth.
    private double Ripple(double x, double depth, double aspect)
    {
        double far = 1 / (depth + 0.07);
        return _noise.Fractal((x - aspect / 2) * far * 1.1, far * 5.2, 4);
    }
}
