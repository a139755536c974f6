using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>A part of a picture in which at least one object is still whole to some degree: the crop of Liu et al. 2016 (SSD, sec. 2.2).</summary>
internal static class ObjectCrop
{
    private const int Tries = 40;
    private const double ShortestSide = 0.3, NarrowestAspect = 0.5, WidestAspect = 2;

    // The overlap of window and object that one object must reach; above 1: the picture is taken whole.
    private static readonly double[] Overlaps = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 2];

    /// <summary>Draws a window: the overlap, then for each try height, width, row, column.</summary>
    /// <param name="picture">Its size.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="random">The picture's own numbers.</param>
    /// <returns>The whole picture, when that is drawn or no try succeeds.</returns>
    public static CropWindow Draw(ImageSize picture, IReadOnlyList<LabelledBox> objects, ref RandomStream random)
    {
        CropWindow whole = new(0, 0, picture);
        double demanded = Overlaps[random.NextInteger(Overlaps.Length)];
        if (demanded > 1) return whole;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            int height = (int)(picture.Height * random.NextUniform(ShortestSide, 1)), width = (int)(picture.Width * random.NextUniform(ShortestSide, 1));
            if (height < 1 || width < 1 || (double)width / height is < NarrowestAspect or > WidestAspect) continue;
            CropWindow window = new(random.NextInteger(picture.Height - height + 1), random.NextInteger(picture.Width - width + 1), new ImageSize(height, width));
            BoundingBox edges = EdgesOf(window);
            if (objects.Any(one => Contains(edges, one.Box) && edges.Overlap(one.Box) >= demanded)) return window;
        }
        return whole;
    }

    /// <summary>Whether the middle of a box lies in a window.</summary>
    public static bool Contains(BoundingBox window, BoundingBox box)
    {
        (double x, double y) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        return x > window.Left && x < window.Right && y > window.Top && y < window.Bottom;
    }

    /// <summary>A window by its edges.</summary>
    public static BoundingBox EdgesOf(CropWindow window) => new(window.Left, window.Top, window.Left + window.Size.Width, window.Top + window.Size.Height);
}
