using System.Numerics.Tensors;
using Fovea.Networks;

namespace Fovea.Hub;

/// <summary>
/// The largest magnitudes in a learned table of positions: at its last row and column of patches, and anywhere. The reference's
/// I-JEPA masks never cover that border, so that its positions only decayed during such a training (docs/models.md).
/// </summary>
internal readonly record struct PositionBorder(float LastRow, float LastColumn, float Whole)
{
    /// <param name="table">[special rows + grid.Patches, width] row-major, as the network has it.</param>
    /// <param name="network">The network that it is of.</param>
    public static PositionBorder Of(ReadOnlySpan<float> table, VitNetwork network)
    {
        int width = network.Config.Width;
        PatchGrid grid = network.Grid;
        ReadOnlySpan<float> patches = table[(network.SpecialPositions * width)..];          // [rows * columns, width]
        float lastColumn = 0;
        for (int row = 0; row < grid.Rows; row++)
        {
            lastColumn = Math.Max(lastColumn, Largest(patches.Slice(((row + 1) * grid.Columns - 1) * width, width)));
        }
        return new(Largest(patches[^(grid.Columns * width)..]), lastColumn, Largest(table));
    }

    private static float Largest(ReadOnlySpan<float> values) => Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
