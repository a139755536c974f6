namespace Fovea.Images;

/// <summary>The reference's resize of 8-bit pictures, bit for bit: horizontally, rounded to 8 bit, then vertically; an axis that keeps its length is skipped.</summary>
internal static class Resampler
{
    // Pixels between the two passes: 64 MB, which a picture of 178 megapixels reaches only when it is tall or the network's input large.
    private const long MostNarrowed = 1 << 24;

    /// <param name="source">What to resize. Only its pixels are used, whatever lies around it.</param>
    /// <param name="target">Filled; its size is the size wanted.</param>
    /// <param name="filter">Weights and arithmetic.</param>
    public static void Resize(PixelWindow source, RgbImage target, ResampleFilter filter) => Resize(source, target, filter, ResamplePaths.Best);

    /// <summary>By one of the paths that this processor has.</summary>
    public static void Resize(PixelWindow source, RgbImage target, ResampleFilter filter, ResamplePath path) =>
        Resize(source, OutputRange.All(target.Size.Height), OutputRange.All(target.Size.Width), target, filter, path);

    /// <summary>Resizes and crops in one go.</summary>
    /// <param name="source">What to resize.</param>
    /// <param name="rows">The resized height and the rows of it that are wanted.</param>
    /// <param name="columns">The resized width and the columns of it that are wanted.</param>
    /// <param name="target">[rows wanted, columns wanted].</param>
    /// <param name="filter">Weights and arithmetic.</param>
    public static void Resize(PixelWindow source, OutputRange rows, OutputRange columns, RgbImage target, ResampleFilter filter) =>
        Resize(source, rows, columns, target, filter, ResamplePaths.Best);

    private static void Resize(PixelWindow source, OutputRange rows, OutputRange columns, RgbImage target, ResampleFilter filter, ResamplePath path)
    {
        if (source.Size.Height == rows.Outputs)
        {
            ResizeWidth(source.Crop(rows.First, 0, new ImageSize(rows.Count, source.Size.Width)), columns, target, filter, path);
            return;
        }
        KernelTable kernels = KernelTables.Get(source.Size.Height, rows, filter);
        source = source.Crop(kernels.FirstInput, 0, new ImageSize(kernels.InputCount, source.Size.Width));
        if (source.Size.Width == columns.Outputs)
        {
            Vertical(source.Crop(0, columns.First, new ImageSize(source.Size.Height, columns.Count)), target, kernels, path);
            return;
        }
        if ((long)source.Size.Height * columns.Count > MostNarrowed)
        {
            ResampleStrips.Resize(source, target, kernels, (strip, narrowed) => ResizeWidth(strip, columns, narrowed, filter, path));
            return;
        }
        using RgbImage narrowed = new(new ImageSize(source.Size.Height, columns.Count));
        ResizeWidth(source, columns, narrowed, filter, path);
        Vertical(narrowed.Window, target, kernels, path);
    }

    private static void ResizeWidth(PixelWindow source, OutputRange columns, RgbImage target, ResampleFilter filter, ResamplePath path)
    {
        if (source.Size.Width == columns.Outputs)
        {
            source.Crop(0, columns.First, target.Size).CopyTo(target);
            return;
        }
        KernelTable kernels = KernelTables.Get(source.Size.Width, columns, filter);
        Horizontal(source.Crop(0, kernels.FirstInput, new ImageSize(source.Size.Height, kernels.InputCount)), target, kernels, path);
    }

    private static void Horizontal(PixelWindow source, RgbImage target, KernelTable kernels, ResamplePath path)
    {
        if (path == ResamplePath.Scalar || kernels.Pairs.Steps == 0) ResampleScalar.Horizontal(source, target, kernels);
        else if (path == ResamplePath.Avx512) ResampleAvx512.Horizontal(source, target, kernels);
        else ResampleAvx2.Horizontal(source, target, kernels);
    }

    private static void Vertical(PixelWindow source, RgbImage target, KernelTable kernels, ResamplePath path)
    {
        if (path == ResamplePath.Avx512 && target.Size.Width >= ResampleAvx512.FewestColumns) ResampleAvx512.Vertical(source, target, kernels);
        else if (path != ResamplePath.Scalar && target.Size.Width >= ResampleAvx2.FewestColumns) ResampleAvx2.Vertical(source, target, kernels);
        else ResampleScalar.Vertical(source, target, kernels);
    }
}
