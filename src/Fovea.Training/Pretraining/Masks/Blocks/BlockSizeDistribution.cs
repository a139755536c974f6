namespace Fovea.Training.Pretraining;

/// <summary>What a formula from one uniform number to a block size can give, and how often: exact, since the number has 2^24 values.</summary>
internal static class BlockSizeDistribution
{
    private const int Draws = 1 << 24;

    /// <summary>The probability of every size.</summary>
    /// <param name="size">
    /// The size for a uniform number, and the segment that the number lies in. Segments follow each other, and within one of them rows only grow and columns only
    /// shrink: so two numbers with one segment and one size have nothing else between them.
    /// </param>
    public static IReadOnlyDictionary<BlockSize, double> Of(Func<double, (int Segment, BlockSize Size)> size)
    {
        Dictionary<BlockSize, double> distribution = [];
        Count(size, 0, Draws - 1, distribution);
        return distribution;
    }

    private static void Count(Func<double, (int Segment, BlockSize Size)> size, int first, int last, Dictionary<BlockSize, double> distribution)
    {
        (int Segment, BlockSize Size) low = size(first / (double)Draws);
        if (low == size(last / (double)Draws))
        {
            distribution[low.Size] = distribution.GetValueOrDefault(low.Size) + (last - first + 1) / (double)Draws;
            return;
        }
        int middle = first + (last - first) / 2;
        Count(size, first, middle, distribution);
        Count(size, middle + 1, last, distribution);
    }
}
