namespace Fovea.Training.Tests.Pretraining;

/// <summary>Rows and columns of a grid as lists of patches.</summary>
internal static class GridParts
{
    public static int[] Row(PatchGrid grid, int row) => [.. Enumerable.Range(row * grid.Columns, grid.Columns)];

    public static int[] Column(PatchGrid grid, int column) => [.. Enumerable.Range(0, grid.Rows).Select(row => row * grid.Columns + column)];
}
