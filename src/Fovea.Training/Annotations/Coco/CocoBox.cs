namespace Fovea.Training.Annotations;

/// <summary>A box as COCO files have it: left upper corner and size in pixels, 0-based, fractional, exactly as written; pixel i covers [i, i + 1).</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">May be 0 or negative in a file; such a box overlaps nothing.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
internal readonly record struct CocoBox(double X, double Y, double Width, double Height)
{
    /// <summary>The product of the two numbers of the file.</summary>
    public double Area => Width * Height;
}
