namespace Fovea.Training.Pretraining;

/// <summary>Block sizes as the reference draws them: one uniform number sets area and aspect at once, and no side is as long as the grid's.</summary>
/// <param name="grid">The grid.</param>
/// <param name="scale">Area as a share of the grid.</param>
/// <param name="aspect">Height divided by width.</param>
internal readonly struct CompatBlockSizes(PatchGrid grid, Interval scale, Interval aspect)
{
    /// <summary>The size for a uniform number. Halves are rounded to even; the area is cut to a whole number.</summary>
    public BlockSize At(double uniform)
    {
        int area = Area(uniform);
        double ratio = aspect.At(uniform);
        int rows = (int)Math.Round(Math.Sqrt(area * ratio)), columns = (int)Math.Round(Math.Sqrt(area / ratio));
        return new(Math.Min(rows, grid.Rows - 1), Math.Min(columns, grid.Columns - 1));
    }

    /// <summary>The probability of every size.</summary>
    public IReadOnlyDictionary<BlockSize, double> Distribution()
    {
        CompatBlockSizes sizes = this;
        return BlockSizeDistribution.Of(uniform => (sizes.Area(uniform), sizes.At(uniform)));
    }

    private int Area(double uniform) => (int)(grid.Patches * scale.At(uniform));
}
