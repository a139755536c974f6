namespace Fovea.Tasks;

/// <summary>
/// The places of one pyramid level at which a detector predicts (Tian et al. 2019, FCOS, sec. 3.1): one for each cell of the level's map, row by row. As in
/// the reference, and unlike the paper, a place is the corner of its cell, not the middle.
/// </summary>
/// <param name="Grid">Rows and columns of the level's map.</param>
/// <param name="StepX">Pixels of the network's input from one column to the next.</param>
/// <param name="StepY">Pixels from one row to the next.</param>
/// <param name="CellSize">What predicted distances are multiples of; the stride of a level whose map divides the input.</param>
internal readonly record struct Locations(PatchGrid Grid, int StepX, int StepY, int CellSize)
{
    /// <summary>How many there are.</summary>
    public int Count => Grid.Patches;

    /// <summary>The levels of a network from fine to coarse.</summary>
    /// <param name="input">The network's input, padding included.</param>
    /// <param name="grids">The map of each level.</param>
    /// <param name="cellSizes">As many: 8, 16, 32, 64, 128.</param>
    public static Locations[] OfLevels(ImageSize input, IReadOnlyList<PatchGrid> grids, IReadOnlyList<int> cellSizes) =>
        [.. grids.Zip(cellSizes, (grid, size) => new Locations(grid, input.Width / grid.Columns, input.Height / grid.Rows, size))];

    /// <summary>Column and row of a place in pixels of the input.</summary>
    public (double X, double Y) this[int index] => ((double)(index % Grid.Columns * StepX), (double)(index / Grid.Columns * StepY));
}
