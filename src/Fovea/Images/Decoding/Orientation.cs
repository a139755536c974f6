using System.Runtime.InteropServices;
using SkiaSharp;

namespace Fovea.Images;

/// <summary>The eight EXIF orientations: what must be done to stored pixels to see the picture upright.</summary>
internal static class Orientation
{
    /// <summary>The upright picture; the stored one is disposed unless it is upright already.</summary>
    public static RgbImage Apply(RgbImage image, SKEncodedOrigin origin)
    {
        (int height, int width) = (image.Size.Height, image.Size.Width);
        return origin switch
        {
            SKEncodedOrigin.TopRight => Turn(image, height, width, (row, column) => (row, width - 1 - column)),
            SKEncodedOrigin.BottomRight => Turn(image, height, width, (row, column) => (height - 1 - row, width - 1 - column)),
            SKEncodedOrigin.BottomLeft => Turn(image, height, width, (row, column) => (height - 1 - row, column)),
            SKEncodedOrigin.LeftTop => Turn(image, width, height, (row, column) => (column, row)),
            SKEncodedOrigin.RightTop => Turn(image, width, height, (row, column) => (height - 1 - column, row)),
            SKEncodedOrigin.RightBottom => Turn(image, width, height, (row, column) => (height - 1 - column, width - 1 - row)),
            SKEncodedOrigin.LeftBottom => Turn(image, width, height, (row, column) => (column, width - 1 - row)),
            _ => image,
        };
    }

    /// <summary>A point of the upright picture in the stored one, both in pixels from the left upper corner; edges stay edges.</summary>
    /// <param name="x">Column, 0 to the width of the upright picture.</param>
    /// <param name="y">Row, 0 to its height.</param>
    /// <param name="turned">The EXIF orientation, 1 to 8.</param>
    /// <param name="upright">The size of the upright picture.</param>
    public static (double X, double Y) ToStored(double x, double y, int turned, ImageSize upright) => turned switch
    {
        2 => (upright.Width - x, y),
        3 => (upright.Width - x, upright.Height - y),
        4 => (x, upright.Height - y),
        5 => (y, x),
        6 => (y, upright.Width - x),
        7 => (upright.Height - y, upright.Width - x),
        8 => (upright.Height - y, x),
        _ => (x, y),
    };

    /// <param name="image">The stored pixels.</param>
    /// <param name="height">Of the upright picture.</param>
    /// <param name="width">Of the upright picture.</param>
    /// <param name="source">Upright row and column to stored row and column.</param>
    private static RgbImage Turn(RgbImage image, int height, int width, Func<int, int, (int Row, int Column)> source)
    {
        RgbImage upright = new(new ImageSize(height, width));
        Span<uint> target = MemoryMarshal.Cast<byte, uint>(upright.Pixels);
        Span<uint> stored = MemoryMarshal.Cast<byte, uint>(image.Pixels);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (int storedRow, int storedColumn) = source(row, column);
                target[row * width + column] = stored[storedRow * image.Size.Width + storedColumn];
            }
        }
        image.Dispose();
        return upright;
    }
}
