using System.Runtime.InteropServices;
using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Operations that move pixels: nearest neighbour, the picture's size kept, black where nothing comes from.</summary>
internal static class Geometry
{
    /// <summary>Mirrors left to right.</summary>
    public static void Flip(RgbImage image)
    {
        for (int row = 0; row < image.Size.Height; row++) MemoryMarshal.Cast<byte, uint>(image.Row(row)).Reverse();
    }

    /// <summary>Mirrors top to bottom.</summary>
    public static void FlipUpsideDown(RgbImage image)
    {
        Span<byte> kept = new byte[RgbImage.PixelBytes * image.Size.Width];
        for (int row = 0; row < image.Size.Height / 2; row++)
        {
            Span<byte> above = image.Row(row), below = image.Row(image.Size.Height - 1 - row);
            above.CopyTo(kept);
            below.CopyTo(above);
            kept.CopyTo(below);
        }
    }

    /// <summary>Turns the picture about its centre, counter-clockwise for an angle above 0.</summary>
    public static void Rotate(RgbImage image, double degrees)
    {
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        Map(image, new((float)cosine, (float)-sine, (float)sine, (float)cosine));
    }

    /// <summary>Slants the picture about its centre: each row moves sideways by its distance from the middle times the angle's tangent.</summary>
    public static void Shear(RgbImage image, double degrees) => Map(image, new(1, (float)Math.Tan(double.DegreesToRadians(degrees)), 0, 1));

    /// <summary>Moves the picture by whole pixels.</summary>
    /// <param name="image">Changed.</param>
    /// <param name="down">Rows; above 0 towards the bottom.</param>
    /// <param name="right">Columns; above 0 towards the right.</param>
    public static void Shift(RgbImage image, int down, int right)
    {
        using RgbImage source = Copy(image);
        image.Pixels.Clear();
        int width = image.Size.Width - Math.Abs(right);
        if (width <= 0) return;
        for (int row = Math.Max(0, down); row < Math.Min(image.Size.Height, image.Size.Height + down); row++)
        {
            Span<byte> from = source.Row(row - down)[(RgbImage.PixelBytes * Math.Max(0, -right))..];
            from[..(RgbImage.PixelBytes * width)].CopyTo(image.Row(row)[(RgbImage.PixelBytes * Math.Max(0, right))..]);
        }
    }

    /// <summary>Where the pixel at (x, y) from the centre comes from: (Xx * x + Xy * y, Yx * x + Yy * y).</summary>
    private readonly record struct Inverse(float Xx, float Xy, float Yx, float Yy);

    // The index is the nearest integer of the coordinate less 1/2 (centres of pixels lie at halves), halves to even.
    private static void Map(RgbImage image, Inverse inverse)
    {
        using RgbImage source = Copy(image);
        (int height, int width) = (image.Size.Height, image.Size.Width);
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<byte, uint>(source.Pixels);
        (float middleX, float middleY) = ((width - 1) / 2f, (height - 1) / 2f);
        for (int row = 0; row < height; row++)
        {
            Span<uint> to = MemoryMarshal.Cast<byte, uint>(image.Row(row));
            float startX = inverse.Xy * (row - middleY) + middleX, startY = inverse.Yy * (row - middleY) + middleY;
            for (int column = 0; column < to.Length; column++)
            {
                int x = (int)MathF.Round(inverse.Xx * (column - middleX) + startX), y = (int)MathF.Round(inverse.Yx * (column - middleX) + startY);
                to[column] = (uint)x < (uint)width && (uint)y < (uint)height ? from[y * width + x] : 0;
            }
        }
    }

    private static RgbImage Copy(RgbImage image)
    {
        RgbImage copy = new(image.Size);
        image.Pixels.CopyTo(copy.Pixels);
        return copy;
    }
}
