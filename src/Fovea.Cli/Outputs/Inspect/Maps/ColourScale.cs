namespace Fovea.Cli.Outputs.Inspect;

/// <summary>
/// The colour map of all maps: from dark blue to bright yellow with lightness in even steps, so that order is seen without colour, and colours on the one axis
/// that all common kinds of colour blindness keep. Made in OKLab (Ottosson 2020).
/// </summary>
internal static class ColourScale
{
    /// <summary>Colours.</summary>
    public const int Steps = 256;

    // Lightness and the yellow-blue axis run straight; the green-red axis stays near zero and bends a little, so that the middle is no dead grey.
    private const double DarkLightness = 0.24, BrightLightness = 0.95, Blue = -0.105, Yellow = 0.155, Bend = -0.028;

    private static readonly byte[] Table = Make();

    /// <summary>[256, 3]: red, green, blue, from the least to the greatest value.</summary>
    public static ReadOnlySpan<byte> Colours => Table;

    /// <summary>The colour of a share of the scale; what lies outside is taken to its ends.</summary>
    public static (byte Red, byte Green, byte Blue) Of(double share)
    {
        int place = 3 * (double.IsNaN(share) ? 0 : (int)Math.Clamp(Math.Round((Steps - 1) * share), 0, Steps - 1));
        return (Table[place], Table[place + 1], Table[place + 2]);
    }

    /// <summary>The scale as a background of a style.</summary>
    public static string Gradient { get; } = $"linear-gradient(90deg, {string.Join(", ", Enumerable.Range(0, 9).Select(step => Hex(step / 8.0)))})";

    private static string Hex(double share)
    {
        (byte red, byte green, byte blue) = Of(share);
        return $"#{red:x2}{green:x2}{blue:x2}";
    }

    private static byte[] Make()
    {
        byte[] table = new byte[3 * Steps];
        for (int step = 0; step < Steps; step++)
        {
            double t = step / (Steps - 1.0);
            // Few colours of much chroma are that dark or that bright: chroma grows from the ends of the scale only as far as screens go.
            double b = Blue + (Yellow - Blue) * t;
            (double red, double green, double blue) = ToLinear(DarkLightness + (BrightLightness - DarkLightness) * t, Bend * Math.Sin(Math.PI * t), b);
            (table[3 * step], table[3 * step + 1], table[3 * step + 2]) = (Encode(red), Encode(green), Encode(blue));
        }
        return table;
    }

    private static (double Red, double Green, double Blue) ToLinear(double lightness, double a, double b)
    {
        double l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double Cube(double value) => value * value * value;

    private static byte Encode(double linear)
    {
        double clamped = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * Math.Pow(clamped, 1 / 2.4) - 0.055));
    }
}
