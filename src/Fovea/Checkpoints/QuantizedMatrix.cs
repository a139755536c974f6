namespace Fovea.Checkpoints;

/// <summary>
/// The matrix of a linear layer as signed bytes: `weight[output, input]` is about `Scales[output] * Values[input, output]`. The zero
/// point is 0 and each output has its own scale.
/// </summary>
/// <param name="Inputs">Rows of <paramref name="Values"/>.</param>
/// <param name="Outputs">Columns of <paramref name="Values"/>.</param>
/// <param name="Values">[inputs, outputs]: transposed, as the runtime multiplies.</param>
/// <param name="Scales">[outputs].</param>
internal sealed record QuantizedMatrix(int Inputs, int Outputs, ReadOnlyMemory<sbyte> Values, ReadOnlyMemory<float> Scales)
{
    /// <summary>Whether a parameter may be stored so: the linear layers of the blocks.</summary>
    public static bool MayHold(string key) => key.StartsWith("encoder.block.", StringComparison.Ordinal) && key.EndsWith(".weight", StringComparison.Ordinal);
}
