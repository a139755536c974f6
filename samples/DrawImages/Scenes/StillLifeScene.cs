using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>Fruit on a table by a window: rays that meet ellipsoids, with soft shadows and the colours that neighbours lend each other.</summary>
/// <param name="fruits">What lies on the table.</param>
/// <param name="wall">Paint of the wall behind.</param>
/// <param name="hasCloth">A checked cloth on the table; otherwise it is bare wood.</param>
/// <param name="field">Height of the view at a distance of 1.</param>
internal sealed class StillLifeScene(Fruit[] fruits, Colour wall, bool hasCloth, double field) : IScene
{
    private const double GoldenAngle = 2.399963;

    private static readonly Vector Eye = new(0, 2.15, -6.4), Lamp = new Vector(-0.62, 0.72, -0.48).Unit();
    private static readonly Noise Grain = new(9);

    /// <summary>A corked jug, apples, an orange and a lemon on a checked cloth.</summary>
    public static StillLifeScene WithJug { get; } = new(
        [
            new(Skin.Glaze, new(-0.95, 0.86, 0.75), new(0.78, 0.86, 0.78)),
            new(Skin.Glaze, new(-0.95, 1.62, 0.75), new(0.29, 0.62, 0.29)),
            new(Skin.Glaze, new(-0.95, 2.10, 0.75), new(0.27, 0.10, 0.27)),
            new(Skin.Stalk, new(-0.95, 2.22, 0.75), new(0.15, 0.14, 0.15)),
            .. Apple(0.30, 0.15, 0.50), .. Apple(1.38, 0.75, 0.47), .. Apple(-1.75, -0.75, 0.45),
            new(Skin.Orange, new(0.95, 0.45, -0.62), new(0.46, 0.45, 0.46)),
            new(Skin.Lemon, new(-0.55, 0.31, -0.95), new(0.46, 0.31, 0.31)),
            new(Skin.Lemon, new(2.05, 0.30, -0.25), new(0.44, 0.30, 0.30)),
        ],
        Colour.Hex(0x5E6B58), hasCloth: true, field: 0.72);

    /// <summary>Grapes, oranges and apples on a bare table.</summary>
    public static StillLifeScene WithGrapes { get; } = new(
        [
            .. Grapes(-0.15, -0.35),
            new(Skin.Orange, new(-1.55, 0.52, 0.35), new(0.53, 0.52, 0.53)),
            new(Skin.Orange, new(1.45, 0.50, -0.15), new(0.51, 0.50, 0.51)),
            .. Apple(-0.62, 0.95, 0.60), .. Apple(0.62, 0.95, 0.58), .. Apple(1.95, 0.85, 0.52),
            new(Skin.Lemon, new(-1.25, 0.29, -0.95), new(0.43, 0.29, 0.29)),
        ],
        Colour.Hex(0x8A5A44), hasCloth: false, field: 0.56);

    public Colour At(double x, double y, double aspect)
    {
        double scale = field * Math.Max(1, 1.25 / aspect);                        // an upright picture must not cut the table's ends
        Vector direction = new Vector((x - aspect / 2) * scale, (0.5 - y) * scale - 0.215, 1).Unit();
        Colour light = Trace(direction);
        double fromCentre = Math.Pow(x / aspect - 0.5, 2) + Math.Pow(y - 0.5, 2);
        return Film(light * (1 - 0.55 * fromCentre));
    }

    private Colour Trace(Vector direction)
    {
        double nearest = direction.Y < 0 ? -Eye.Y / direction.Y : double.PositiveInfinity;
        Fruit? seen = null;
        foreach (Fruit fruit in fruits)
        {
            if (fruit.Hit(Eye, direction) is { } distance && distance < nearest) (nearest, seen) = (distance, fruit);
        }
        Vector place = Eye + direction * nearest;
        if (seen is null && (double.IsInfinity(nearest) || place.Z > 2.6)) return Wall(direction);
        Vector normal = seen?.NormalAt(place) ?? new Vector(0, 1, 0);
        Colour paint = seen?.Paint(place) ?? Table(place);
        return Shade(paint * paint, place, normal, direction, seen);              // squared: about linear light, as Film expects
    }

    private Colour Shade(Colour paint, Vector place, Vector normal, Vector direction, Fruit? self)
    {
        double shadow = 1, open = 1;
        foreach (Fruit fruit in fruits)
        {
            if (ReferenceEquals(fruit, self)) continue;
            shadow *= fruit.Shadow(place, Lamp);
            open *= fruit.Openness(place, normal);
        }
        double sun = Math.Max(0, normal.Dot(Lamp)) * shadow;
        Colour table = Colour.Hex(hasCloth ? 0x9A968F : 0x5A3A22);
        Colour light = Colour.Hex(0xFFEACB) * (1.55 * sun) + Colour.Hex(0x9DB4D6) * (0.30 * open * (0.6 + 0.4 * normal.Y));
        if (self is null) return paint * light;
        light += table * (0.34 * open * Math.Max(0, 0.5 - 0.5 * normal.Y));
        Vector mirrored = direction - normal * (2 * direction.Dot(normal));
        double gloss = Math.Pow(Math.Max(0, mirrored.Dot(Lamp)), self.Skin is Skin.Glaze ? 160 : 42) * shadow;
        double rim = Math.Pow(1 + Math.Min(0, direction.Dot(normal)), 4) * open;
        double strength = self.Skin switch { Skin.Glaze => 1.6, Skin.Grape => 0.7, Skin.Stalk => 0, Skin.Orange or Skin.Lemon => 0.28, _ => 0.6 };
        return paint * light + Colour.White * (strength * gloss) + Colour.Hex(0xB8C4D8) * (0.16 * rim);
    }

    private Colour Wall(Vector direction)
    {
        double window = Ramp.Bell(-0.10, 0.32, direction.X + 0.5 * direction.Y) * (0.8 + 0.2 * Grain.Fractal(3 * direction.X, 3 * direction.Y, 4));
        return wall * wall * (0.55 + 1.35 * window) * (0.92 + 0.08 * Grain.Fractal(40 * direction.X, 40 * direction.Y, 3));
    }

    private Colour Table(Vector place)
    {
        if (!hasCloth)
        {
            double board = Math.Floor(place.Z / 0.9), ring = Grain.Fractal(0.5 * place.X + 7 * board, 5 * place.Z, 3);
            double fibre = Grain.Fractal(2 * place.X + 9 * board, 42 * place.Z, 3), seam = Ramp.Step(0, 0.03, Math.Abs(place.Z / 0.9 - Math.Round(place.Z / 0.9)));
            return Colour.Hex(0xA2693C).Mix(Colour.Hex(0x6A3D20), 0.5 + 0.5 * Math.Sin(9 * ring + 3 * place.Z) * 0.4 + 0.25 * fibre) * (0.45 + 0.55 * seam);
        }
        double check = 0.52, u = place.X / check, v = (place.Z + 0.15 * place.X) / check;
        bool isColumn = (u - Math.Floor(u)) < 0.5, isRow = (v - Math.Floor(v)) < 0.5;
        Colour cloth = Colour.Hex(0xF4EFE4).Mix(Colour.Hex(0xB5483F), (isColumn ? 0.45 : 0) + (isRow ? 0.45 : 0));
        return cloth * (0.94 + 0.05 * Math.Sin(150 * u) * Math.Sin(150 * v) + 0.05 * Grain.Fractal(1.2 * place.X, 1.2 * place.Z, 3));
    }

    // The shoulder of a film, then the square root that screens undo.
    private static Colour Film(Colour light)
    {
        return new(Develop(light.Red), Develop(light.Green), Develop(light.Blue));

        static double Develop(double value) => Math.Sqrt(Math.Clamp(value * (1 + 0.12 * value) / (1 + 0.42 * value), 0, 1));
    }

    private static Fruit[] Apple(double x, double z, double radius) =>
    [
        new(Skin.Apple, new(x, 0.92 * radius, z), new(radius, 0.92 * radius, radius)),
        new(Skin.Stalk, new(x + 0.03, 1.88 * radius, z), new(0.022, 0.14, 0.022)),
    ];

    /// <summary>A bunch on its side: three layers of berries, fewer and narrower upwards.</summary>
    private static Fruit[] Grapes(double x, double z)
    {
        ReadOnlySpan<(int Berries, double Reach)> layers = [(15, 0.74), (8, 0.49), (3, 0.24)];
        Noise noise = new(41);
        List<Fruit> bunch = [new(Skin.Stalk, new(x + 0.1, 1.02, z), new(0.03, 0.2, 0.03))];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            (int berries, double reach) = layers[layer];
            for (int berry = 0; berry < berries; berry++)
            {
                double angle = GoldenAngle * bunch.Count, outwards = reach * Math.Sqrt((berry + 0.5) / berries);      // fills a disc evenly
                double radius = 0.185 + 0.025 * noise.Cell(berry, layer);
                Vector centre = new(x + 1.25 * outwards * Math.Cos(angle), radius + 0.27 * layer, z + 0.8 * outwards * Math.Sin(angle));
                bunch.Add(new(Skin.Grape, centre, new(radius, 1.06 * radius, radius)));
            }
        }
        return [.. bunch];
    }
}
