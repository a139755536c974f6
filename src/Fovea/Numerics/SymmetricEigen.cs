using System.Numerics.Tensors;

namespace Fovea.Numerics;

/// <summary>
/// The leading eigenvalues and eigenvectors of a symmetric matrix in double: Householder's reduction to a tridiagonal matrix, bisection by Sturm sequences,
/// inverse iteration (Golub and Van Loan 2013, sections 8.3.1, 8.4.1 and 8.2.2). Only what is asked for is computed; the same matrix gives the same bits.
/// </summary>
internal sealed class SymmetricEigen
{
    private const int Refinements = 4;

    private readonly int _size;
    private readonly double[] _diagonal, _beside;
    private readonly double[]?[] _reflections;

    private SymmetricEigen(double[] matrix, int size)
    {
        (_size, _diagonal, _beside, _reflections) = (size, new double[size], new double[size], new double[size][]);
        Reduce(matrix);
    }

    /// <summary>The largest eigenvalues, descending, and their eigenvectors, orthonormal.</summary>
    /// <param name="matrix">[size, size], symmetric; overwritten.</param>
    /// <param name="size">Rows.</param>
    /// <param name="count">How many; at most all.</param>
    public static (double[] Values, double[][] Vectors) Leading(double[] matrix, int size, int count)
    {
        SymmetricEigen reduced = new(matrix, size);
        count = Math.Min(count, size);
        double[] values = new double[count];
        double[][] vectors = new double[count][];
        for (int number = 0; number < count; number++)
        {
            values[number] = reduced.Eigenvalue(number);
            vectors[number] = reduced.TridiagonalVector(values, vectors, number);
        }
        foreach (double[] vector in vectors) reduced.BackTransform(vector);
        return (values, vectors);
    }

    // H = I - v vᵀ with |v|² = 2 turns each column below the first subdiagonal into zeros.
    private void Reduce(double[] matrix)
    {
        double[] product = new double[_size];
        for (int step = 0; step < _size; step++)
        {
            _diagonal[step] = matrix[step * _size + step];
            int first = step + 1, count = _size - first;
            if (count <= 0) break;
            double[] reflection = matrix.AsSpan(step * _size + first, count).ToArray();
            double norm = TensorPrimitives.Norm<double>(reflection);
            if (count == 1 || norm == 0)
            {
                _beside[first] = reflection[0];
                if (count == 1) continue;
                _beside[first] = 0;
                continue;
            }
            double alpha = reflection[0] > 0 ? -norm : norm;
            _beside[first] = alpha;
            reflection[0] -= alpha;
            TensorPrimitives.Multiply(reflection, Math.Sqrt(2) / TensorPrimitives.Norm<double>(reflection), reflection);
            _reflections[step] = reflection;
            Span<double> p = product.AsSpan(0, count);
            for (int row = 0; row < count; row++) p[row] = TensorPrimitives.Dot<double>(matrix.AsSpan((first + row) * _size + first, count), reflection);
            // A <- A - v wᵀ - w vᵀ with w = p - (pᵀv / 2) v.
            TensorPrimitives.MultiplyAdd(reflection, -TensorPrimitives.Dot<double>(p, reflection) / 2, p, p);
            for (int row = 0; row < count; row++)
            {
                Span<double> target = matrix.AsSpan((first + row) * _size + first, count);
                TensorPrimitives.MultiplyAdd(p, -reflection[row], target, target);
                TensorPrimitives.MultiplyAdd(reflection, -p[row], target, target);
            }
        }
    }

    /// <summary>The eigenvalue with <paramref name="number"/> larger ones, to the last digit that bisection reaches.</summary>
    private double Eigenvalue(int number)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int row = 0; row < _size; row++)                                      // Gershgorin's discs
        {
            double radius = Math.Abs(_beside[row]) + (row + 1 < _size ? Math.Abs(_beside[row + 1]) : 0);
            low = Math.Min(low, _diagonal[row] - radius);
            high = Math.Max(high, _diagonal[row] + radius);
        }
        int wanted = _size - number;                                               // so many eigenvalues are not above it
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return high;
            if (CountBelow(middle) >= wanted) high = middle;
            else low = middle;
        }
    }

    // The number of negative pivots of T - x I is that of the eigenvalues below x.
    private int CountBelow(double x)
    {
        int count = 0;
        double pivot = 1;
        for (int row = 0; row < _size; row++)
        {
            double square = row == 0 ? 0 : _beside[row] * _beside[row];
            pivot = _diagonal[row] - x - (square == 0 ? 0 : square / pivot);
            if (pivot == 0) pivot = -double.Epsilon * 1e16;
            if (pivot < 0) count++;
        }
        return count;
    }

    private double[] TridiagonalVector(double[] values, double[][] vectors, int number)
    {
        double scale = Math.Max(Math.Abs(_diagonal.Max()), Math.Abs(_diagonal.Min())) + _beside.Max(Math.Abs) + double.Epsilon * 1e16;
        double shift = values[number] + (number + 1) * 1e-14 * scale;              // not exactly singular, and equal eigenvalues apart
        double[] vector = new double[_size];
        Random random = new(number);                                               // a start that is orthogonal to nothing; always the same
        for (int row = 0; row < _size; row++) vector[row] = random.NextDouble() - 0.5;
        for (int refinement = 0; refinement < Refinements; refinement++)
        {
            Solve(shift, scale, vector);
            for (int pass = 0; pass < 2; pass++)                                   // twice is enough (Kahan and Parlett)
            {
                for (int other = 0; other < number; other++)
                {
                    TensorPrimitives.MultiplyAdd(vectors[other], -TensorPrimitives.Dot<double>(vectors[other], vector), vector, vector);
                }
                TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
            }
        }
        return vector;
    }

    // (T - shift I) x = b by elimination with row exchanges; x replaces b.
    private void Solve(double shift, double scale, double[] right)
    {
        double tiny = 1e-140 + 1e-16 * scale;                                    // the squares of what it divides must stay finite
        double[] main = new double[_size], upper = new double[_size], second = new double[_size];
        double a = _diagonal[0] - shift, b = _size > 1 ? _beside[1] : 0, c = 0;
        for (int row = 0; row < _size - 1; row++)
        {
            double under = _beside[row + 1], next = _diagonal[row + 1] - shift, after = row + 2 < _size ? _beside[row + 2] : 0;
            if (Math.Abs(under) > Math.Abs(a))
            {
                (a, under) = (under, a);
                (b, next) = (next, b);
                (c, after) = (after, c);
                (right[row], right[row + 1]) = (right[row + 1], right[row]);
            }
            if (Math.Abs(a) < tiny) a = tiny;
            double factor = under / a;
            (main[row], upper[row], second[row]) = (a, b, c);
            right[row + 1] -= factor * right[row];
            (a, b, c) = (next - factor * b, after - factor * c, 0);
        }
        main[_size - 1] = Math.Abs(a) < tiny ? tiny : a;
        for (int row = _size - 1; row >= 0; row--)
        {
            double sum = right[row];
            if (row + 1 < _size) sum -= upper[row] * right[row + 1];
            if (row + 2 < _size) sum -= second[row] * right[row + 2];
            right[row] = sum / main[row];
        }
    }

    private void BackTransform(double[] vector)
    {
        for (int step = _size - 1; step >= 0; step--)
        {
            if (_reflections[step] is not { } reflection) continue;
            Span<double> part = vector.AsSpan(step + 1);
            TensorPrimitives.MultiplyAdd(reflection, -TensorPrimitives.Dot<double>(reflection, part), part, part);
        }
    }
}
