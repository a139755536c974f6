using DrawImages.Rendering;

namespace DrawImages.Shapes;

/// <summary>Plain figures of coloured glass on nothing at all: discs, a ring, a star, a tile, a triangle, each letting the others through.</summary>
internal sealed class ShapesScene : IScene
{
    private static readonly Colour Coral = Colour.Hex(0xF2545B), Sun = Colour.Hex(0xF5B82E), Teal = Colour.Hex(0x19A7A0), Indigo = Colour.Hex(0x3D4FB8), Plum = Colour.Hex(0x8E3B8A);

    public Colour At(double x, double y, double aspect)
    {
        double u = x - aspect / 2, v = y - 0.5;
        Colour colour = Colour.Transparent;
        colour = Lay(colour, Indigo, 0.80, Tile(u + 0.37, v + 0.15, 0.22, 0.35));
        colour = Lay(colour, Coral, 0.82, Disc(u + 0.10, v - 0.05, 0.27));
        colour = Lay(colour, Sun, 0.78, Disc(u - 0.20, v + 0.14, 0.25));
        colour = Lay(colour, Teal, 0.80, Triangle(u - 0.30, v - 0.16, 0.26));
        colour = Lay(colour, Plum, 0.85, Math.Abs(Disc(u + 0.34, v - 0.22, 0.155)) - 0.036);
        return Lay(colour, Colour.White, 0.92, Star(u - 0.03, v + 0.02, 0.115));
    }

    // A figure is its distance: negative inside. A faint shadow lies beside it, light falls on it from above.
    private static Colour Lay(Colour ground, Colour glass, double opacity, double distance)
    {
        Colour shaded = Colour.Black.Over(ground, 0.22 * Math.Exp(-Math.Max(0, distance) * 38));
        double edge = Ramp.Bell(0, 0.012, distance);
        return distance > 0 ? shaded : (glass + Colour.White * (0.22 * edge)).Over(ground, opacity + 0.15 * edge);
    }

    private static double Disc(double u, double v, double radius) => Math.Sqrt(u * u + v * v) - radius;

    private static double Tile(double u, double v, double half, double turn)
    {
        (double sine, double cosine) = Math.SinCos(turn);
        double across = Math.Abs(u * cosine + v * sine) - half + 0.05, down = Math.Abs(v * cosine - u * sine) - half + 0.05;
        double outX = Math.Max(across, 0), outY = Math.Max(down, 0);
        return Math.Sqrt(outX * outX + outY * outY) + Math.Min(Math.Max(across, down), 0) - 0.05;       // corners rounded by 0.05
    }

    private static double Triangle(double u, double v, double radius) => Math.Max(Math.Abs(u) * 0.866 - v * 0.5, v) - 0.5 * radius;

    private static double Star(double u, double v, double radius)
    {
        const double Point = 2 * Math.PI / 5;
        double angle = Math.Atan2(u, -v), fold = Math.Abs(angle - Point * Math.Round(angle / Point));
        double length = Math.Sqrt(u * u + v * v), along = length * Math.Cos(fold), beside = length * Math.Sin(fold);
        // One edge of a point: from its tip, straight to the notch at 0.45 of the radius.
        double notchAlong = 0.45 * radius * Math.Cos(Point / 2), notchBeside = 0.45 * radius * Math.Sin(Point / 2);
        double edgeAlong = notchAlong - radius, size = Math.Sqrt(edgeAlong * edgeAlong + notchBeside * notchBeside);
        return ((along - radius) * notchBeside - beside * edgeAlong) / size;
    }
}
