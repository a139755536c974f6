using Fovea.Numerics;

namespace Fovea.Tests.Numerics;

public class NumericsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Leading_eigenvectors_satisfy_their_equation(int size)
    {
        Random random = new(size);
        double[] rows = [.. Enumerable.Range(0, 3 * size * size).Select(_ => random.NextDouble() - 0.5)], matrix = new double[size * size];
        Products.AddSquares(rows, size, matrix);
        (double[] values, double[][] vectors) = SymmetricEigen.Leading((double[])matrix.Clone(), size, 3);
        Assert.Equal(Math.Min(3, size), values.Length);
        Assert.Equal(values.OrderDescending(), values);
        foreach ((double value, double[] vector) in values.Zip(vectors))
        {
            for (int row = 0; row < size; row++)
            {
                double product = Enumerable.Range(0, size).Sum(column => matrix[row * size + column] * vector[column]);
                Assert.Equal(value * vector[row], product, 1e-9 * size);
            }
        }
    }

    [Fact]
    public void Equal_eigenvalues_have_orthonormal_vectors()
    {
        double[] identity = new double[49];
        for (int row = 0; row < 7; row++) identity[8 * row] = 2;
        (double[] values, double[][] vectors) = SymmetricEigen.Leading(identity, 7, 3);
        Assert.All(values, value => Assert.Equal(2, value, 1e-12));
        Assert.Equal(0, vectors[0].Zip(vectors[1], (a, b) => a * b).Sum(), 1e-12);
        Assert.Equal(1, vectors[2].Sum(value => value * value), 1e-12);
    }

    [Fact]
    public void Nothing_at_all_has_eigenvalues_of_zero()
    {
        (double[] values, double[][] vectors) = SymmetricEigen.Leading(new double[16], 4, 2);
        Assert.All(values, value => Assert.Equal(0, value, 1e-12));
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(value => value * value), 1e-9));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(9, 8)]
    [InlineData(13, 17)]
    public void Squares_of_rows_equal_their_definition(int count, int width)
    {
        Random random = new(count);
        double[] rows = [.. Enumerable.Range(0, count * width).Select(_ => random.NextDouble())], sum = new double[width * width], products = new double[width * width];
        Products.AddSquares(rows, width, sum);
        Products.AddProducts(rows, width, rows, width, products);
        for (int index = 0; index < sum.Length; index++)
        {
            double expected = Enumerable.Range(0, count).Sum(row => rows[row * width + index / width] * rows[row * width + index % width]);
            Assert.Equal(expected, sum[index], 1e-12);
            Assert.Equal(expected, products[index], 1e-12);
        }
    }

    [Fact]
    public void Solved_equations_hold()
    {
        double[] rows = [4, 1, 0.5, 1, 3, 0.25, 0.5, 0.25, 2], right = [1, 2, 3];
        Cholesky.Of((double[])rows.Clone(), 3).Solve(right);
        for (int row = 0; row < 3; row++) Assert.Equal(row + 1, Enumerable.Range(0, 3).Sum(column => rows[3 * row + column] * right[column]), 1e-12);
        Assert.Throws<ArithmeticException>(() => Cholesky.Of([1, 2, 2, 1], 2));
    }

    [Fact]
    public void Area_under_the_curve_counts_equal_scores_half()
    {
        Assert.Equal(1, RankArea.Of([1, 2, 3, 4], [false, false, true, true]));
        Assert.Equal(0.5, RankArea.Of([1, 1, 1], [true, false, true]));
        Assert.Equal(0.875, RankArea.Of([1, 2, 2, 3], [false, true, false, true]));
        Assert.True(double.IsNaN(RankArea.Of([1, 2], [true, true])));
    }
}
