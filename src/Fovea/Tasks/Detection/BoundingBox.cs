namespace Fovea;

/// <summary>An upright rectangle by its edges, in pixels of a picture, fractional: pixel i covers i to i + 1, so the whole picture is (0, 0, width, height).</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Right">Right edge; not below <paramref name="Left"/> where a detector made the box.</param>
/// <param name="Bottom">Lower edge; not below <paramref name="Top"/> where a detector made the box.</param>
public readonly record struct BoundingBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Right edge less left edge.</summary>
    public double Width => Right - Left;

    /// <summary>Lower edge less upper edge.</summary>
    public double Height => Bottom - Top;

    /// <summary>Width times height.</summary>
    public double Area => Width * Height;

    /// <summary>The part inside of a picture; of a box outside nothing is left but an edge.</summary>
    internal BoundingBox Clip(ImageSize picture) =>
        new(Math.Clamp(Left, 0, picture.Width), Math.Clamp(Top, 0, picture.Height), Math.Clamp(Right, 0, picture.Width), Math.Clamp(Bottom, 0, picture.Height));

    /// <summary>Edges multiplied.</summary>
    internal BoundingBox Scale(double x, double y) => new(Left * x, Top * y, Right * x, Bottom * y);

    /// <summary>The box moved.</summary>
    internal BoundingBox Shift(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

    /// <summary>Mirrored left to right in a picture of some width.</summary>
    internal BoundingBox Flip(double pictureWidth) => new(pictureWidth - Right, Top, pictureWidth - Left, Bottom);

    /// <summary>Intersection over union, 0 to 1; 0 for boxes that only touch.</summary>
    internal double Overlap(BoundingBox other)
    {
        double width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left), height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        if (width <= 0 || height <= 0) return 0;
        double intersection = width * height;
        return intersection / (Area + other.Area - intersection);
    }
}
