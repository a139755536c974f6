namespace DrawImages.Rendering;

/// <summary>A colour as a screen shows it, 0 to 1 a channel; light that is added may go beyond and is cut when the picture is made.</summary>
internal readonly record struct Colour(double Red, double Green, double Blue, double Alpha = 1)
{
    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour White { get; } = new(1, 1, 1);

    public static Colour Transparent { get; } = new(0, 0, 0, 0);

    public static Colour operator +(Colour left, Colour right) =>
        left with { Red = left.Red + right.Red, Green = left.Green + right.Green, Blue = left.Blue + right.Blue };

    public static Colour operator *(Colour colour, double factor) =>
        colour with { Red = colour.Red * factor, Green = colour.Green * factor, Blue = colour.Blue * factor };

    public static Colour operator *(Colour left, Colour right) =>
        left with { Red = left.Red * right.Red, Green = left.Green * right.Green, Blue = left.Blue * right.Blue };

    /// <summary>From 0xRRGGBB.</summary>
    public static Colour Hex(int rgb) => new((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);

    /// <summary>This colour at 0, <paramref name="other"/> at 1.</summary>
    public Colour Mix(Colour other, double share)
    {
        double t = Math.Clamp(share, 0, 1);
        return new(
            Red + (other.Red - Red) * t, Green + (other.Green - Green) * t,
            Blue + (other.Blue - Blue) * t, Alpha + (other.Alpha - Alpha) * t);
    }

    /// <summary>This colour, <paramref name="opacity"/> of it, painted over <paramref name="ground"/>, which may be transparent itself.</summary>
    public Colour Over(Colour ground, double opacity)
    {
        double own = Math.Clamp(opacity, 0, 1), rest = ground.Alpha * (1 - own), alpha = own + rest;
        return alpha == 0 ? Transparent : (((this * own) + (ground * rest)) * (1 / alpha)) with { Alpha = alpha };
    }
}
