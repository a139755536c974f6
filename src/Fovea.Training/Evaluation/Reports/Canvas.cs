using System.Globalization;
using SkiaSharp;

namespace Fovea.Training.Evaluation;

/// <summary>A white picture to fill with rectangles and whole numbers; digits are drawn from a table, so no font is needed. What lies outside is cut off.</summary>
internal sealed class Canvas
{
    private const int Scale = 2, DigitColumns = 3, DigitRows = 5, Advance = (DigitColumns + 1) * Scale;

    // Five rows of three pixels for each digit, the first row in the highest bits.
    private static readonly ushort[] Digits =
    [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001,
        0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_010_010, 0b111_101_111_101_111, 0b111_101_111_001_111,
    ];

    private readonly int _width, _height;
    private readonly byte[] _pixels;                                          // [height, width, 4]

    public Canvas(int width, int height)
    {
        (_width, _height, _pixels) = (width, height, new byte[4 * width * height]);
        Array.Fill(_pixels, (byte)255);
    }

    /// <summary>Rows of pixels of a number.</summary>
    public static int NumberHeight => DigitRows * Scale;

    /// <summary>Columns of pixels of a number from 0 up.</summary>
    public static int NumberWidth(int number) => Advance * Text(number).Length - Scale;

    public void Fill(int left, int top, int width, int height, Color color)
    {
        for (int row = Math.Max(top, 0); row < Math.Min(top + height, _height); row++)
        {
            for (int column = Math.Max(left, 0); column < Math.Min(left + width, _width); column++)
            {
                int place = 4 * (row * _width + column);
                (_pixels[place], _pixels[place + 1], _pixels[place + 2]) = (color.Red, color.Green, color.Blue);
            }
        }
    }

    /// <summary>Draws a number from 0 up; its left upper corner is given.</summary>
    public void DrawNumber(int number, int left, int top, Color color)
    {
        foreach ((int place, char character) in Text(number).Index())
        {
            for (int dot = 0; dot < DigitColumns * DigitRows; dot++)
            {
                if ((Digits[character - '0'] >> (DigitColumns * DigitRows - 1 - dot) & 1) == 0) continue;
                Fill(left + place * Advance + dot % DigitColumns * Scale, top + dot / DigitColumns * Scale, Scale, Scale, color);
            }
        }
    }

    public void WritePng(Stream output)
    {
        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(_width, _height, SKColorType.Rgba8888, SKAlphaType.Opaque), _pixels);
        using SKData encoded = image.Encode(SKEncodedImageFormat.Png, 100);
        encoded.SaveTo(output);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
