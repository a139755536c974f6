namespace Fovea;

/// <summary>A box in the pixels of a picture, by its edges: pixel i covers [i, i + 1), so that a width is right less left.</summary>
/// <param name="Left">From the left edge of the picture.</param>
/// <param name="Top">From its upper edge.</param>
/// <param name="Right">Beyond the last column.</param>
/// <param name="Bottom">Beyond the last row.</param>
public readonly record struct PixelBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Width times height; 0 for a box without pixels.</summary>
    public double Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>Intersection over union, 0 to 1, without the +1 of older programs.</summary>
    public double Overlap(PixelBox other)
    {
        double width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left), height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        if (width <= 0 || height <= 0) return 0;
        return width * height / (Area + other.Area - width * height);
    }

    /// <summary>The box in a picture of another size.</summary>
    public PixelBox Scaled(ImageSize from, ImageSize to)
    {
        double x = (double)to.Width / from.Width, y = (double)to.Height / from.Height;
        return new(Left * x, Top * y, Right * x, Bottom * y);
    }
}
