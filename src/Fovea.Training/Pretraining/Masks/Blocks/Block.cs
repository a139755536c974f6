namespace Fovea.Training.Pretraining;

/// <summary>A rectangle of patches.</summary>
/// <param name="Top">Its first row.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Size">Its rows and columns.</param>
internal readonly record struct Block(int Top, int Left, BlockSize Size)
{
    /// <summary>Writes the numbers of its patches, ascending.</summary>
    /// <param name="patches">[rows * columns].</param>
    /// <param name="gridColumns">Columns of the grid.</param>
    public void CopyPatches(Span<long> patches, int gridColumns)
    {
        int next = 0;
        for (int row = Top; row < Top + Size.Rows; row++)
        {
            int first = row * gridColumns + Left;
            for (int column = 0; column < Size.Columns; column++) patches[next++] = first + column;
        }
    }
}
