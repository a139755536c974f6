using System.Globalization;
using Fovea.Images;

namespace Fovea.Tasks;

/// <summary>Draws detections into their picture: a box in its class's colour, name and score above it.</summary>
internal static class DetectionDrawing
{
    // Colours that differ in hue and stay legible under black and white text.
    private static readonly (byte Red, byte Green, byte Blue)[] Palette =
    [
        (230, 60, 60), (40, 140, 240), (50, 180, 80), (240, 160, 30), (150, 90, 220), (20, 180, 180), (230, 90, 180), (130, 130, 40), (100, 120, 160), (160, 100, 60),
    ];

    /// <summary>Draws all, the surest last, so that they lie on top.</summary>
    /// <param name="picture">Changed.</param>
    /// <param name="objects">Best first, in pixels of the picture.</param>
    public static void Draw(RgbImage picture, IReadOnlyList<DetectedObject> objects)
    {
        int thickness = Math.Max(1, Math.Min(picture.Size.Height, picture.Size.Width) / 240);
        foreach (DetectedObject one in objects.Reverse())
        {
            (byte Red, byte Green, byte Blue) colour = Palette[one.ClassIndex % Palette.Length];
            (int left, int top) = ((int)Math.Floor(one.Box.Left), (int)Math.Floor(one.Box.Top));
            (int right, int bottom) = ((int)Math.Ceiling(one.Box.Right), (int)Math.Ceiling(one.Box.Bottom));
            Fill(picture, left, top, right, top + thickness, colour);
            Fill(picture, left, bottom - thickness, right, bottom, colour);
            Fill(picture, left, top, left + thickness, bottom, colour);
            Fill(picture, right - thickness, top, right, bottom, colour);
            DrawLabel(picture, string.Create(CultureInfo.InvariantCulture, $"{one.ClassName} {one.Score:F2}"), left, top, thickness, colour);
        }
    }

    // Above the box, or inside of it where there is no room.
    private static void DrawLabel(RgbImage picture, string text, int left, int top, int thickness, (byte, byte, byte) colour)
    {
        int scale = thickness + 1, height = (PixelFont.Rows + 2) * scale, width = PixelFont.WidthOf(text) * scale + 2 * scale;
        int y = top >= height ? top - height : top, x = Math.Max(0, Math.Min(left, picture.Size.Width - width));
        Fill(picture, x, y, x + width, y + height, colour);
        foreach ((int column, int row) in PixelFont.DotsOf(text))
        {
            int dotX = x + (column + 1) * scale, dotY = y + (row + 1) * scale;
            Fill(picture, dotX, dotY, dotX + scale, dotY + scale, (255, 255, 255));
        }
    }

    private static void Fill(RgbImage picture, int left, int top, int right, int bottom, (byte Red, byte Green, byte Blue) colour)
    {
        (left, top, right, bottom) = (Math.Max(0, left), Math.Max(0, top), Math.Min(picture.Size.Width, right), Math.Min(picture.Size.Height, bottom));
        for (int row = top; row < bottom; row++)
        {
            Span<byte> pixels = picture.Row(row);
            for (int column = left; column < right; column++)
            {
                Span<byte> pixel = pixels.Slice(RgbImage.PixelBytes * column, RgbImage.PixelBytes);
                (pixel[0], pixel[1], pixel[2]) = (colour.Red, colour.Green, colour.Blue);
            }
        }
    }
}
