using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>Makes bytes of a linear layer's matrix: each output has the smallest scale with which its largest weight fits.</summary>
internal sealed class MatrixQuantizer
{
    // Turned in tiles that stay in the first cache: 64 outputs are one cache line of the result.
    private const int TileSide = 64;

    private readonly Weight _weight;
    private readonly int _largest, _inputs, _outputs;
    private readonly sbyte[] _values;                                              // [inputs, outputs]
    private readonly float[] _scales;

    private MatrixQuantizer(Weight weight, int largest)
    {
        _weight = weight;
        _largest = largest;
        (_outputs, _inputs) = ((int)weight.Shape.Dimensions[0], (int)weight.Shape.Dimensions[1]);
        _values = GC.AllocateUninitializedArray<sbyte>(_inputs * _outputs);
        _scales = new float[_outputs];
    }

    /// <param name="weight">[outputs, inputs], as checkpoints store it.</param>
    /// <param name="largest">The largest magnitude of a byte.</param>
    public static QuantizedMatrix Quantize(Weight weight, int largest)
    {
        MatrixQuantizer matrix = new(weight, largest);
        Parallel.For(0, (matrix._outputs + TileSide - 1) / TileSide, column => matrix.Fill(column * TileSide));
        return new QuantizedMatrix(matrix._inputs, matrix._outputs, matrix._values, matrix._scales);
    }

    // A weight that is no number spreads to its output's scale, so that the result says so, as it does in float32.
    private void Fill(int firstOutput)
    {
        ReadOnlySpan<float> weight = _weight.Values.Span;
        int columns = int.Min(TileSide, _outputs - firstOutput);
        Span<float> factors = stackalloc float[TileSide];
        for (int column = 0; column < columns; column++)
        {
            float peak = float.Abs(TensorPrimitives.MaxMagnitude(weight.Slice((firstOutput + column) * _inputs, _inputs)));
            _scales[firstOutput + column] = peak == 0 ? 1 : peak / _largest;
            factors[column] = peak == 0 ? 0 : _largest / peak;
        }
        for (int firstInput = 0; firstInput < _inputs; firstInput += TileSide) FillTile(firstInput, firstOutput, weight, factors[..columns]);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]                          // called at load, before a method would become hot
    private void FillTile(int firstInput, int firstOutput, ReadOnlySpan<float> weight, ReadOnlySpan<float> factors)
    {
        int rows = int.Min(TileSide, _inputs - firstInput);
        Span<float> scaled = stackalloc float[TileSide];
        Span<sbyte> tile = stackalloc sbyte[TileSide * TileSide];                   // [outputs, inputs]
        for (int column = 0; column < factors.Length; column++)
        {
            TensorPrimitives.Multiply(weight.Slice((firstOutput + column) * _inputs + firstInput, rows), factors[column], scaled);
            TensorPrimitives.Round(scaled[..rows], scaled);
            for (int row = 0; row < rows; row++) tile[column * TileSide + row] = (sbyte)scaled[row];
        }
        for (int row = 0; row < rows; row++)
        {
            Span<sbyte> line = _values.AsSpan((firstInput + row) * _outputs + firstOutput, factors.Length);
            for (int column = 0; column < line.Length; column++) line[column] = tile[column * TileSide + row];
        }
    }
}
