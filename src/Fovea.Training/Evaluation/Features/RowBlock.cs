namespace Fovea.Training.Evaluation;

/// <summary>Consecutive rows of a matrix: what is worked on at once, so that memory does not grow with the number of samples.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">Rows.</param>
internal readonly record struct RowBlock(int First, int Count)
{
    /// <summary>All rows, in order, in blocks of one size, the last perhaps smaller.</summary>
    public static IEnumerable<RowBlock> Cover(int rows, int size)
    {
        for (int first = 0; first < rows; first += size) yield return new(first, Math.Min(size, rows - first));
    }
}
