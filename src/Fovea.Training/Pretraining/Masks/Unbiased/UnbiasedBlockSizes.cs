using Fovea.Training.Randomness;

namespace Fovea.Training.Pretraining;

/// <summary>
/// Block sizes whose area and aspect are drawn independently, the aspect so that tall and wide are alike (equal factors), with sides up to the grid's.
/// A side that would be longer gives the rest of its area to the other one.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="scale">Area as a share of the grid.</param>
/// <param name="aspect">Height divided by width.</param>
internal readonly struct UnbiasedBlockSizes(PatchGrid grid, Interval scale, Interval aspect)
{
    /// <summary>A size; two numbers are drawn.</summary>
    public BlockSize Next(ref RandomStream random)
    {
        double share = scale.At(random.NextUniform());
        return At(share, aspect.AtFactor(random.NextUniform()));
    }

    /// <summary>The sizes of the smallest area. Sides only grow with the area, so no size has fewer patches than the least of these.</summary>
    public IEnumerable<BlockSize> Smallest() => OfArea(scale.Low);

    /// <summary>The sizes of the largest area.</summary>
    public IEnumerable<BlockSize> Largest() => OfArea(scale.High);

    private BlockSize At(double share, double ratio)
    {
        double area = share * grid.Patches, rows = Math.Sqrt(area * ratio), columns = Math.Sqrt(area / ratio);
        if (rows > grid.Rows) (rows, columns) = (grid.Rows, area / grid.Rows);
        else if (columns > grid.Columns) (rows, columns) = (area / grid.Columns, grid.Columns);
        return new(Side(rows, grid.Rows), Side(columns, grid.Columns));
    }

    private IEnumerable<BlockSize> OfArea(double share)
    {
        UnbiasedBlockSizes sizes = this;
        return BlockSizeDistribution.Of(uniform => (0, sizes.At(share, sizes.Aspect.AtFactor(uniform)))).Keys;
    }

    private Interval Aspect => aspect;

    private static int Side(double length, int longest) => Math.Clamp((int)Math.Round(length), 1, longest);
}
