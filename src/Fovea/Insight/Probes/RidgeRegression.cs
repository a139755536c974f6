using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>Linear regression with a penalty, in closed form on standardised features: `(XᵀX + λ n I)⁻¹ XᵀY`, the bias not penalised.</summary>
internal sealed class RidgeRegression
{
    private readonly FeatureScaling _scaling;
    private readonly double[] _weights;                                           // [outputs, width]

    private RidgeRegression(FeatureScaling scaling, double[] weights, double[] mean) => (_scaling, _weights, Mean) = (scaling, weights, mean);

    /// <summary>The mean of the training targets: what is predicted without features.</summary>
    public double[] Mean { get; }

    /// <summary>Fits.</summary>
    /// <param name="features">[samples][width].</param>
    /// <param name="targets">[samples][outputs].</param>
    /// <param name="penalty">λ, above 0.</param>
    public static RidgeRegression Fit(IReadOnlyList<float[]> features, IReadOnlyList<float[]> targets, double penalty)
    {
        FeatureScaling scaling = FeatureScaling.Of(features);
        int width = scaling.Width, outputs = targets[0].Length;
        double[] rows = scaling.Apply(features), wide = [.. targets.SelectMany(target => Products.Widened(target))], mean = new double[outputs];
        for (int row = 0; row < targets.Count; row++) TensorPrimitives.Add(mean, wide.AsSpan(row * outputs, outputs), mean);
        TensorPrimitives.Divide(mean, targets.Count, mean);
        for (int row = 0; row < targets.Count; row++) TensorPrimitives.Subtract(wide.AsSpan(row * outputs, outputs), mean, wide.AsSpan(row * outputs, outputs));
        double[] squares = new double[width * width], products = new double[width * outputs], weights = new double[outputs * width];
        Products.AddSquares(rows, width, squares);
        Products.AddProducts(rows, width, wide, outputs, products);
        for (int index = 0; index < width; index++) squares[index * width + index] += penalty * features.Count;
        Cholesky solver = Cholesky.Of(squares, width);
        Parallel.For(0, outputs, output =>
        {
            Span<double> column = weights.AsSpan(output * width, width);
            for (int index = 0; index < width; index++) column[index] = products[index * outputs + output];
            solver.Solve(column);
        });
        return new(scaling, weights, mean);
    }

    /// <summary>The Euclidean norm of what is left of each target: by the regression, and by <see cref="Mean"/> alone.</summary>
    public (double[] Errors, double[] MeanErrors) Errors(IReadOnlyList<float[]> features, IReadOnlyList<float[]> targets)
    {
        double[] rows = _scaling.Apply(features), errors = new double[targets.Count], means = new double[targets.Count];
        int width = _scaling.Width;
        for (int sample = 0; sample < targets.Count; sample++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(sample * width, width);
            for (int output = 0; output < Mean.Length; output++)
            {
                double rest = targets[sample][output] - Mean[output], found = TensorPrimitives.Dot(row, _weights.AsSpan(output * width, width));
                means[sample] += rest * rest;
                errors[sample] += (rest - found) * (rest - found);
            }
            (errors[sample], means[sample]) = (Math.Sqrt(errors[sample]), Math.Sqrt(means[sample]));
        }
        return (errors, means);
    }
}
