namespace Fovea.Tasks;

/// <summary>A box with a class and how sure of it a detector is.</summary>
/// <param name="Class">The class index, from 0.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">In pixels.</param>
internal readonly record struct ScoredBox(int Class, double Score, BoundingBox Box)
{
    /// <summary>From pixels of a network's input to those of the picture: rows and columns each by their own factor.</summary>
    /// <param name="fitted">The part of the input that is picture, from its left upper corner.</param>
    /// <param name="picture">The picture itself.</param>
    public ScoredBox ToPicture(ImageSize fitted, ImageSize picture) =>
        this with { Box = Box.Scale((double)picture.Width / fitted.Width, (double)picture.Height / fitted.Height).Clip(picture) };
}
