namespace Fovea.Images;

/// <summary>The reference's resize of 8-bit pictures, bit for bit: horizontally, rounded to 8 bit, then vertically; an axis that keeps its length is skipped.</summary>
internal static class Resampler
{
    /// <param name="source">What to resize. Only its pixels are used, whatever lies around it.</param>
    /// <param name="target">Filled; its size is the size wanted.</param>
    /// <param name="filter">Weights and arithmetic.</param>
    public static void Resize(PixelWindow source, RgbImage target, ResampleFilter filter) =>
        Resize(source, OutputRange.All(target.Size.Height), OutputRange.All(target.Size.Width), target, filter);

    /// <summary>Resizes and crops in one go.</summary>
    /// <param name="source">What to resize.</param>
    /// <param name="rows">The resized height and the rows of it that are wanted.</param>
    /// <param name="columns">The resized width and the columns of it that are wanted.</param>
    /// <param name="target">[rows wanted, columns wanted].</param>
    /// <param name="filter">Weights and arithmetic.</param>
    public static void Resize(PixelWindow source, OutputRange rows, OutputRange columns, RgbImage target, ResampleFilter filter)
    {
        if (source.Size.Height == rows.Outputs)
        {
            ResizeWidth(source.Crop(rows.First, 0, new ImageSize(rows.Count, source.Size.Width)), columns, target, filter);
            return;
        }
        KernelTable kernels = KernelTables.Get(source.Size.Height, rows, filter);
        source = source.Crop(kernels.FirstInput, 0, new ImageSize(kernels.InputCount, source.Size.Width));
        if (source.Size.Width == columns.Outputs)
        {
            ResampleScalar.Vertical(source.Crop(0, columns.First, new ImageSize(source.Size.Height, columns.Count)), target, kernels);
            return;
        }
        using RgbImage narrowed = new(new ImageSize(source.Size.Height, columns.Count));
        ResizeWidth(source, columns, narrowed, filter);
        ResampleScalar.Vertical(narrowed.Window, target, kernels);
    }

    private static void ResizeWidth(PixelWindow source, OutputRange columns, RgbImage target, ResampleFilter filter)
    {
        if (source.Size.Width == columns.Outputs)
        {
            source.Crop(0, columns.First, target.Size).CopyTo(target);
            return;
        }
        KernelTable kernels = KernelTables.Get(source.Size.Width, columns, filter);
        ResampleScalar.Horizontal(source.Crop(0, kernels.FirstInput, new ImageSize(source.Size.Height, kernels.InputCount)), target, kernels);
    }
}
