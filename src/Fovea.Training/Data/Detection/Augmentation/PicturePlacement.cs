using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Where a picture comes to lie in the network's input, and its boxes with it: which part, at which size, cut where, mirrored or not.</summary>
/// <param name="Window">The part of the picture.</param>
/// <param name="Rows">The rows of that part after resizing, and which of them are kept.</param>
/// <param name="Columns">As <paramref name="Rows"/>.</param>
/// <param name="IsFlipped">Mirrored left to right in the end.</param>
/// <param name="IsUpsideDown">Mirrored top to bottom in the end.</param>
internal readonly record struct PicturePlacement(CropWindow Window, OutputRange Rows, OutputRange Columns, bool IsFlipped, bool IsUpsideDown)
{
    // Smaller boxes tell nothing.
    private const double ShortestSide = 1;

    /// <summary>The part of the input that is picture.</summary>
    public ImageSize Size => new(Rows.Count, Columns.Count);

    /// <summary>Draws one: the crop, the scale, row and column of the cut where there is one, the flips.</summary>
    public static PicturePlacement Draw(ImageSize picture, IReadOnlyList<LabelledBox> objects, DetectionAugmentation augmentation, FittedTransform input, ref RandomStream random)
    {
        CropWindow window = augmentation.CropProbability > 0 && random.NextChance(augmentation.CropProbability) ? ObjectCrop.Draw(picture, objects, ref random) : new(0, 0, picture);
        ImageSize fitted = input.FittedSize(window.Size);
        double scale = augmentation.MinScale == augmentation.MaxScale ? augmentation.MinScale : random.NextUniform(augmentation.MinScale, augmentation.MaxScale);
        OutputRange rows = Cut(Math.Max(1, (int)Math.Round(scale * fitted.Height)), input.Size.Height, ref random);
        OutputRange columns = Cut(Math.Max(1, (int)Math.Round(scale * fitted.Width)), input.Size.Width, ref random);
        bool isFlipped = augmentation.FlipProbability > 0 && random.NextChance(augmentation.FlipProbability);
        return new(window, rows, columns, isFlipped, augmentation.VerticalFlipProbability > 0 && random.NextChance(augmentation.VerticalFlipProbability));
    }

    /// <summary>The boxes of the picture in the input. Objects whose middle is cut away are gone, and so are those with a side below a pixel; others are cut at the edge.</summary>
    public LabelledBox[] Place(IReadOnlyList<LabelledBox> objects)
    {
        List<LabelledBox> placed = [];
        BoundingBox visible = new(0, 0, Size.Width, Size.Height);
        foreach (LabelledBox one in objects)
        {
            BoundingBox box = Place(one.Box), clipped = box.Clip(Size);
            bool isSeen = one.IsRegion || ObjectCrop.Contains(visible, box);
            if (isSeen && clipped.Width >= ShortestSide && clipped.Height >= ShortestSide) placed.Add(one with { Box = clipped });
        }
        return [.. placed];
    }

    /// <summary>A box of the picture in the input, not cut.</summary>
    public BoundingBox Place(BoundingBox box)
    {
        double x = (double)Columns.Outputs / Window.Size.Width, y = (double)Rows.Outputs / Window.Size.Height;
        BoundingBox placed = box.Shift(-Window.Left, -Window.Top).Scale(x, y).Shift(-Columns.First, -Rows.First);
        if (IsFlipped) placed = placed.Flip(Size.Width);
        return IsUpsideDown ? placed with { Top = Size.Height - placed.Bottom, Bottom = Size.Height - placed.Top } : placed;
    }

    /// <summary>The pixels of the picture in the input; the caller disposes them.</summary>
    public RgbImage Render(RgbImage picture)
    {
        RgbImage image = new(Size);
        Resampler.Resize(picture.Window.Crop(Window.Top, Window.Left, Window.Size), Rows, Columns, image, ResampleFilter.TensorBilinear);
        if (IsFlipped) Geometry.Flip(image);
        if (IsUpsideDown) Geometry.FlipUpsideDown(image);
        return image;
    }

    private static OutputRange Cut(int length, int most, ref RandomStream random) => length <= most ? OutputRange.All(length) : new(length, random.NextInteger(length - most + 1), most);
}
