using DrawImages.Rendering;

namespace DrawImages.Shapes;

/// <summary>An eye, small enough for a button: lid, iris, pupil, a spark; nothing round it.</summary>
internal sealed class EyeIcon : IScene
{
    private static readonly Noise Fibres = new(5);

    public Colour At(double x, double y, double aspect)
    {
        double u = x - aspect / 2, v = y - 0.5, radius = Math.Sqrt(u * u + v * v);
        // The almond is what two discs share.
        double almond = Math.Max(Math.Sqrt(u * u + Math.Pow(v - 0.28, 2)), Math.Sqrt(u * u + Math.Pow(v + 0.28, 2))) - 0.55;
        if (almond > 0) return Colour.Transparent;
        if (almond > -0.035) return Colour.Hex(0x16324F);
        Colour colour = Colour.Hex(0xFBFCFE).Mix(Colour.Hex(0xA9BCD0), Ramp.Step(0.0, -0.27, v));
        double round = Math.Atan2(v, u), fibre = Fibres.Fractal(4 * Math.Cos(round) + 9, 4 * Math.Sin(round) + 6 * radius, 3);
        if (radius < 0.215) colour = Colour.Hex(0x27B3B0).Mix(Colour.Hex(0x0B4F7A), Ramp.Step(0.09, 0.215, radius) + 0.35 * fibre);
        if (radius is > 0.195 and < 0.215) colour = Colour.Hex(0x0A3355);
        if (radius < 0.095) colour = Colour.Hex(0x071320);
        return Disc(u + 0.06, v + 0.07) < 0.042 ? Colour.White : colour;
    }

    private static double Disc(double u, double v) => Math.Sqrt(u * u + v * v);
}
