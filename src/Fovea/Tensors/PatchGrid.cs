namespace Fovea;

/// <summary>Rows and columns of the patches that a picture is cut into: 14 x 14 at 224 pixels and patch size 16.</summary>
/// <param name="Rows">Height divided by the patch size, rounded down.</param>
/// <param name="Columns">Width divided by the patch size, rounded down.</param>
public readonly record struct PatchGrid(int Rows, int Columns)
{
    /// <summary>Rows times columns.</summary>
    public int Patches => Rows * Columns;

    /// <summary>Rows x columns: `14x14`.</summary>
    public override string ToString() => $"{Rows}x{Columns}";
}
