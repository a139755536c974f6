using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>Where the patches above a norm sit, and what is to be seen there, against all others.</summary>
internal sealed record OutlierPlaces
{
    private const int CosineBins = 20;

    /// <summary>The norm above which a patch counts.</summary>
    public required double Cutoff { get; init; }

    public required int Count { get; init; }

    /// <summary>[rows][columns]: the share of pictures in which the patch there counts.</summary>
    public required double[][] HeatMap { get; init; }

    /// <summary>The share of those patches that are in the outer ring of the grid.</summary>
    public required double RingShare { get; init; }

    /// <summary>The share of all patches that are.</summary>
    public required double RingOfGrid { get; init; }

    /// <summary>Mean cosine to the neighbours, by projected pixels.</summary>
    public required ByNorm NeighbourCosine { get; init; }

    /// <summary>Shares of those patches by that cosine, in 20 bins from -1 to 1.</summary>
    public required double[] OutlierHistogram { get; init; }

    /// <summary>The same of all other patches.</summary>
    public required double[] NormalHistogram { get; init; }

    /// <summary>How well little variance of luma tells those patches: 0.5 unrelated, 1 always.</summary>
    public required double LowVarianceArea { get; init; }

    /// <summary>The same by a small gradient.</summary>
    public required double LowGradientArea { get; init; }

    /// <summary>Of the last block.</summary>
    public static OutlierPlaces Of(IReadOnlyList<PictureStudy> pictures, TokenLayout layout, double cutoff)
    {
        PatchGrid grid = layout.Grid;
        bool[] isOutlier = [.. pictures.SelectMany(picture => picture.Norms[^1].Skip(layout.SpecialTokens)).Select(norm => norm > cutoff)];
        double[] counts = new double[grid.Patches];
        for (int index = 0; index < isOutlier.Length; index++) counts[index % grid.Patches] += isOutlier[index] ? 1 : 0;
        int count = isOutlier.Count(flag => flag);
        bool[] isRing = [.. Enumerable.Range(0, grid.Patches).Select(patch => IsRing(patch, grid))];
        double[] cosines = [.. pictures.SelectMany(picture => picture.NeighbourCosines).Select(cosine => (double)cosine)];
        double[] variances = [.. pictures.SelectMany(picture => picture.Variances).Select(value => -value)], gradients = [.. pictures.SelectMany(picture => picture.Gradients).Select(value => -value)];
        return new OutlierPlaces
        {
            Cutoff = cutoff,
            Count = count,
            HeatMap = [.. counts.Select(value => value / pictures.Count).Chunk(grid.Columns)],
            RingShare = count == 0 ? double.NaN : counts.Where((_, patch) => isRing[patch]).Sum() / count,
            RingOfGrid = (double)isRing.Count(flag => flag) / grid.Patches,
            NeighbourCosine = ByNorm.Of(cosines, isOutlier),
            OutlierHistogram = Histogram(cosines.Where((_, index) => isOutlier[index])),
            NormalHistogram = Histogram(cosines.Where((_, index) => !isOutlier[index])),
            LowVarianceArea = RankArea.Of(variances, isOutlier),
            LowGradientArea = RankArea.Of(gradients, isOutlier),
        };
    }

    private static bool IsRing(int patch, PatchGrid grid)
    {
        (int row, int column) = (patch / grid.Columns, patch % grid.Columns);
        return row == 0 || column == 0 || row == grid.Rows - 1 || column == grid.Columns - 1;
    }

    private static double[] Histogram(IEnumerable<double> cosines)
    {
        double[] bins = new double[CosineBins];
        int count = 0;
        foreach (double cosine in cosines.Where(double.IsFinite))
        {
            bins[Math.Clamp((int)((cosine + 1) / 2 * CosineBins), 0, CosineBins - 1)]++;
            count++;
        }
        return [.. bins.Select(value => count == 0 ? 0 : value / count)];
    }
}
