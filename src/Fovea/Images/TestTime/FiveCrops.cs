namespace Fovea.Images;

/// <summary>Test-time augmentation as the reference does it: four corners and the centre of a normalised picture, 80 % of each side, resized back.</summary>
internal static class FiveCrops
{
    public const int Count = 5;

    /// <summary>The size that is cut out.</summary>
    public static ImageSize CropSize(ImageSize size) => new((int)(size.Height * 0.8), (int)(size.Width * 0.8));

    /// <summary>Rows and columns of the crops' first pixels: top left, top right, bottom left, bottom right, centre.</summary>
    public static (int Top, int Left)[] Anchors(ImageSize size)
    {
        ImageSize crop = CropSize(size);
        (int bottom, int right) = (size.Height - crop.Height, size.Width - crop.Width);
        return [(0, 0), (0, right), (bottom, 0), (bottom, right), (OutputRange.Center(size.Height, crop.Height).First, OutputRange.Center(size.Width, crop.Width).First)];
    }

    /// <exception cref="ArgumentException">80 % of a side is no pixel.</exception>
    public static void Check(ImageSize size)
    {
        if (CropSize(size) is { Height: 0 } or { Width: 0 }) throw new ArgumentException($"test-time augmentation cuts out 80 % of each side, which leaves nothing of {size} pixels; choose a larger picture size, or leave it off.");
    }

    /// <param name="planes">[channels, height, width], normalised.</param>
    /// <param name="size">Height and width; each at least 2.</param>
    /// <param name="crops">[5, channels, height, width].</param>
    public static void Take(ReadOnlySpan<float> planes, ImageSize size, Span<float> crops)
    {
        ImageSize crop = CropSize(size);
        float[] cut = new float[planes.Length / (size.Height * size.Width) * crop.Height * crop.Width];
        (int Top, int Left)[] anchors = Anchors(size);
        for (int index = 0; index < Count; index++)
        {
            for (int row = 0; row < cut.Length / crop.Width; row++)            // over all channels
            {
                int stored = row / crop.Height * size.Height + anchors[index].Top + row % crop.Height;
                planes.Slice(stored * size.Width + anchors[index].Left, crop.Width).CopyTo(cut.AsSpan(row * crop.Width));
            }
            FloatResampler.Resize(cut, crop, size, crops.Slice(index * planes.Length, planes.Length));
        }
    }
}
