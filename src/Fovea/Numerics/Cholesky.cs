using System.Numerics.Tensors;

namespace Fovea.Numerics;

/// <summary>A positive definite matrix as L Lᵀ, to solve equations with it (Golub and Van Loan 2013, section 4.2).</summary>
internal sealed class Cholesky
{
    private readonly int _size;
    private readonly double[] _lower;                                             // [size, size]; the upper triangle is left as it came

    private Cholesky(double[] lower, int size) => (_lower, _size) = (lower, size);

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">[size, size], symmetric; taken over.</param>
    /// <param name="size">Rows.</param>
    /// <exception cref="ArithmeticException">It is not positive definite.</exception>
    public static Cholesky Of(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
        {
            Span<double> current = matrix.AsSpan(row * size, size);
            for (int column = 0; column <= row; column++)
            {
                double rest = current[column] - TensorPrimitives.Dot<double>(current[..column], matrix.AsSpan(column * size, column));
                if (column < row) current[column] = rest / matrix[column * size + column];
                else current[row] = rest > 0 ? Math.Sqrt(rest) : throw new ArithmeticException($"the matrix is not positive definite: pivot {row} is {rest}.");
            }
        }
        return new Cholesky(matrix, size);
    }

    /// <summary>Solves `matrix x = b`; x replaces b.</summary>
    /// <param name="right">[size].</param>
    public void Solve(Span<double> right)
    {
        for (int row = 0; row < _size; row++)
        {
            right[row] = (right[row] - TensorPrimitives.Dot<double>(_lower.AsSpan(row * _size, row), right[..row])) / _lower[row * _size + row];
        }
        for (int row = _size - 1; row >= 0; row--)
        {
            right[row] /= _lower[row * _size + row];
            TensorPrimitives.MultiplyAdd(_lower.AsSpan(row * _size, row), -right[row], right[..row], right[..row]);
        }
    }
}
