namespace Fovea.Training.Evaluation;

/// <summary>Consecutive rows of a matrix: what is worked on at once, so that memory does not grow with the number of samples.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">Rows.</param>
internal readonly record struct RowBlock(int First, int Count)
{
    // 16 MB in double: what an allocator keeps for the next block instead of giving it back, page by page, to the system.
    private const int Numbers = 1 << 21, MostRows = 8192;

    /// <summary>All rows of so many numbers each, in order, in blocks that are worth a matrix product and fit a processor's cache.</summary>
    public static IEnumerable<RowBlock> CoverWide(int rows, int width) => Cover(rows, Math.Clamp(Numbers / width, 1, MostRows));

    /// <summary>All rows, in order, in blocks of one size, the last perhaps smaller.</summary>
    public static IEnumerable<RowBlock> Cover(int rows, int size)
    {
        for (int first = 0; first < rows; first += size) yield return new(first, Math.Min(size, rows - first));
    }
}
