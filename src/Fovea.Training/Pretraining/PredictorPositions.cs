using Fovea.Networks;

namespace Fovea.Training.Pretraining;

/// <summary>The fixed table by which the predictor knows where patches are; the encoder's learned positions are another thing.</summary>
internal static class PredictorPositions
{
    /// <summary>The table: columns [sin x, cos x, sin y, cos y], a quarter of the width each.</summary>
    /// <param name="grid">Rows (y) and columns (x) of patches.</param>
    /// <param name="width">The predictor's width: a multiple of 4, at least 8.</param>
    /// <param name="spacing">The exponents; the reference's unless a published checkpoint is to be continued.</param>
    /// <returns>[grid.Patches, width].</returns>
    /// <exception cref="ArgumentException">The width is below 8 or no multiple of 4.</exception>
    public static float[] Table(PatchGrid grid, int width, FrequencySpacing spacing = FrequencySpacing.ToLast)
    {
        if (width < 8 || width % 4 != 0) throw new ArgumentException($"the predictor is {width} wide; its positions need a multiple of 4, at least 8: take {Math.Max(8, (width + 3) / 4 * 4)}.");
        return SineCosinePositions.Table(grid, width, spacing: spacing);
    }
}
