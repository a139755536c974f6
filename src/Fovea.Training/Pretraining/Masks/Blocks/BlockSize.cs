namespace Fovea.Training.Pretraining;

/// <summary>Rows and columns of patches that a block covers.</summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
internal readonly record struct BlockSize(int Rows, int Columns)
{
    /// <summary>Rows times columns.</summary>
    public int Patches => Rows * Columns;

    /// <summary>Rows x columns: `5x6`.</summary>
    public override string ToString() => $"{Rows}x{Columns}";
}
