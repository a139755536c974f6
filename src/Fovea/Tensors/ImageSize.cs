using System.Globalization;

namespace Fovea;

/// <summary>Height and width of a picture in pixels; height comes first everywhere, as in the reference.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct ImageSize(int Height, int Width)
{
    /// <summary>A square picture.</summary>
    public static ImageSize Square(int side) => new(side, side);

    /// <summary>Reads `224` (square) or `224x320` (height x width), as the option `--size` takes it.</summary>
    /// <exception cref="FormatException">Anything else, or a side outside 1 to 65,535.</exception>
    public static ImageSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('x', 'X');
        if (sides.Length <= 2 && TrySide(sides[0], out int height) && TrySide(sides[^1], out int width)) return new(height, width);
        throw new FormatException($"'{text}' is no picture size; write one side, 224, or height and width, 224x320, each from 1 to 65535.");
    }

    /// <summary>The size with the same aspect ratio and this shorter side; the longer one is cut to an integer, as the reference does it.</summary>
    internal ImageSize WithShorterSide(int side) => Width <= Height
        ? new((int)Math.Min((double)((long)side * Height) / Width, int.MaxValue), side)
        : new(side, (int)Math.Min((double)((long)side * Width) / Height, int.MaxValue));

    /// <summary>Height x width: `224x320`.</summary>
    public override string ToString() => $"{Height}x{Width}";

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= 65535;
}
