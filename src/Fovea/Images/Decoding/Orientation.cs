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
