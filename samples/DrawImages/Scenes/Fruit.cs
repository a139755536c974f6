using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>What a thing on the table is made of.</summary>
internal enum Skin
{
    Apple,
    Orange,
    Lemon,
    Grape,
    Glaze,
    Stalk,
}

/// <summary>A thing on the table: an ellipsoid with a skin. A jug is four of them.</summary>
internal sealed record Fruit(Skin Skin, Vector Centre, Vector Radii)
{
    private static readonly Noise Grain = new(77);

    /// <summary>The distance to the first hit from outside, along a unit direction; null when it misses.</summary>
    public double? Hit(Vector eye, Vector direction)
    {
        Vector from = (eye - Centre) / Radii, along = direction / Radii;          // where the ellipsoid is the unit sphere
        double a = along.Dot(along), b = from.Dot(along), c = from.Dot(from) - 1, root = b * b - a * c;
        if (root < 0 || c < 0) return null;
        double distance = (-b - Math.Sqrt(root)) / a;
        return distance > 0 ? distance : null;
    }

    public Vector NormalAt(Vector place) => ((place - Centre) / Radii / Radii).Unit();

    /// <summary>How much of a lamp in this direction the thing leaves for a place, 0 to 1, with a soft edge.</summary>
    public double Shadow(Vector place, Vector lamp)
    {
        double radius = (Radii.X + Radii.Y + Radii.Z) / 3;
        Vector to = Centre - place;
        double along = to.Dot(lamp);
        if (along <= 0) return 1;
        double beside = (to - lamp * along).Length;
        double blur = 0.11 * along;
        return Ramp.Step(radius - blur, radius + blur, beside);
    }

    /// <summary>How much of the sky the thing leaves for a place with this normal: near things darken each other where they touch.</summary>
    public double Openness(Vector place, Vector normal)
    {
        double radius = (Radii.X + Radii.Y + Radii.Z) / 3;
        Vector to = Centre - place;
        double distance = to.Length, share = radius / Math.Max(distance, radius);
        return 1 - 0.85 * Math.Clamp(normal.Dot(to) / distance, 0, 1) * share * share;
    }

    /// <summary>The colour of the skin at a place on it.</summary>
    public Colour Paint(Vector place)
    {
        Vector local = (place - Centre) / Radii;
        double round = Math.Atan2(local.Z, local.X);
        switch (Skin)
        {
            case Skin.Apple:
                double streak = Grain.Fractal(7 * round + Centre.X, 2.2 * local.Y, 4);
                Colour red = Colour.Hex(0xB01A1E).Mix(Colour.Hex(0xE8B23A), Ramp.Step(0.15, 0.75, streak + 0.35 * local.Y + 0.3 * Math.Sin(round + 4 * Centre.X)));
                return red.Mix(Colour.Hex(0x6B5A1E), Ramp.Step(0.90, 0.99, local.Y));
            case Skin.Orange:
                Pebble pore = Grain.PebbleAt(16 * round, 26 * local.Y);
                return Colour.Hex(0xF07F13) * (0.86 + 0.14 * Ramp.Step(0.05, 0.4, pore.Distance));
            case Skin.Lemon:
                Pebble dimple = Grain.PebbleAt(20 * local.X, 9 * Math.Atan2(local.Z, local.Y));
                return Colour.Hex(0xF4CF2B).Mix(Colour.Hex(0xB9B636), Ramp.Step(0.86, 1, Math.Abs(local.X))) * (0.9 + 0.1 * Ramp.Step(0.05, 0.4, dimple.Distance));
            case Skin.Grape:
                return Colour.Hex(0x47234F).Mix(Colour.Hex(0x8C7AA8), 0.25 + 0.3 * Grain.Fractal(3 * round + 9 * Centre.X, 3 * local.Y, 3));
            case Skin.Glaze:
                bool isBand = Math.Abs(local.Y) < 0.16 && Radii.X > 0.4;
                double wave = 0.5 + 0.5 * Math.Sin(12 * round) * Math.Cos(26 * local.Y);
                return isBand ? Colour.Hex(0xF1ECE0).Mix(Colour.Hex(0x1F4E79), Ramp.Step(0.55, 0.7, wave)) : Colour.Hex(0x24587F) * (0.9 + 0.12 * Grain.Fractal(3 * round, 4 * local.Y, 4));
            default:
                return Colour.Hex(0x5A3F22);
        }
    }
}
