using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>
/// The matrix of a linear layer as signed bytes: `weight[output, input]` is about `Scales[output] * Values[input, output]`. The zero
/// point is 0 and each output has its own scale, the smallest with which its largest weight fits.
/// </summary>
/// <param name="Inputs">Rows of <paramref name="Values"/>.</param>
/// <param name="Outputs">Columns of <paramref name="Values"/>.</param>
/// <param name="Values">[inputs, outputs]: transposed, as the runtime multiplies.</param>
/// <param name="Scales">[outputs].</param>
internal sealed record QuantizedMatrix(int Inputs, int Outputs, sbyte[] Values, float[] Scales)
{
    // Turned in tiles that stay in the first cache: 64 outputs are one cache line of the result.
    private const int TileSide = 64;

    /// <param name="weight">[outputs, inputs], as checkpoints store it.</param>
    /// <param name="largest">The largest magnitude of a byte.</param>
    public static QuantizedMatrix Of(Weight weight, int largest)
    {
        int outputs = (int)weight.Shape.Dimensions[0], inputs = (int)weight.Shape.Dimensions[1];
        QuantizedMatrix matrix = new(inputs, outputs, GC.AllocateUninitializedArray<sbyte>(inputs * outputs), new float[outputs]);
        Parallel.For(0, (outputs + TileSide - 1) / TileSide, column => matrix.Fill(column * TileSide, weight.Values.Span, largest));
        return matrix;
    }

    // A weight that is no number spreads to its output's scale, so that the result says so, as it does in float32.
    private void Fill(int firstOutput, ReadOnlySpan<float> weight, int largest)
    {
        int columns = int.Min(TileSide, Outputs - firstOutput);
        Span<float> factors = stackalloc float[TileSide];
        for (int column = 0; column < columns; column++)
        {
            float peak = float.Abs(TensorPrimitives.MaxMagnitude(weight.Slice((firstOutput + column) * Inputs, Inputs)));
            Scales[firstOutput + column] = peak == 0 ? 1 : peak / largest;
            factors[column] = peak == 0 ? 0 : largest / peak;
        }
        for (int firstInput = 0; firstInput < Inputs; firstInput += TileSide) FillTile(firstInput, firstOutput, weight, factors[..columns]);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]                          // called at load, before a method would become hot
    private void FillTile(int firstInput, int firstOutput, ReadOnlySpan<float> weight, ReadOnlySpan<float> factors)
    {
        int rows = int.Min(TileSide, Inputs - firstInput);
        Span<float> scaled = stackalloc float[TileSide];
        Span<sbyte> tile = stackalloc sbyte[TileSide * TileSide];                   // [outputs, inputs]
        for (int column = 0; column < factors.Length; column++)
        {
            TensorPrimitives.Multiply(weight.Slice((firstOutput + column) * Inputs + firstInput, rows), factors[column], scaled);
            TensorPrimitives.Round(scaled[..rows], scaled);
            for (int row = 0; row < rows; row++) tile[column * TileSide + row] = (sbyte)scaled[row];
        }
        for (int row = 0; row < rows; row++)
        {
            Span<sbyte> line = Values.AsSpan((firstInput + row) * Outputs + firstOutput, factors.Length);
            for (int column = 0; column < line.Length; column++) line[column] = tile[column * TileSide + row];
        }
    }
}
