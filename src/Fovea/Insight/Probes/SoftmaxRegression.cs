using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>
/// Multinomial logistic regression on standardised features: mean cross-entropy + penalty / 2 times the sum of squared weights, biases free, solved to its unique
/// optimum by L-BFGS in double. Samples are summed in fixed parts, so that the number of threads changes nothing.
/// </summary>
internal sealed class SoftmaxRegression : IObjective
{
    private const int Parts = 16, MostEvaluations = 400;
    private const double Tolerance = 1e-5;                                        // of a gradient entry: probabilities change by far less than a test sample's

    private readonly double[] _features;
    private readonly int[] _labels;
    private readonly int _width, _classes;
    private readonly double _penalty;

    private SoftmaxRegression(double[] features, int width, int[] labels, int classes, double penalty) =>
        (_features, _width, _labels, _classes, _penalty) = (features, width, labels, classes, penalty);

    public int Count => _classes * (_width + 1);

    /// <summary>Fits a classifier.</summary>
    /// <param name="features">[samples][width].</param>
    /// <param name="labels">[samples], from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">At least 1.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Model Fit(IReadOnlyList<float[]> features, int[] labels, int classes, double penalty, CancellationToken cancellation = default)
    {
        FeatureScaling scaling = FeatureScaling.Of(features);
        double[] scaled = scaling.Apply(features);
        SoftmaxRegression objective = new(scaled, scaling.Width, labels, classes, penalty);
        return new Model(scaling, Lbfgs.Minimise(objective, new double[objective.Count], Tolerance, MostEvaluations, cancellation).Point, classes);
    }

    public double Evaluate(double[] point, double[] gradient)
    {
        double[][] sums = new double[Parts][];
        double[] losses = new double[Parts];
        Parallel.For(0, Parts, part =>
        {
            sums[part] = new double[Count];
            losses[part] = Add(point, sums[part], (int)((long)_labels.Length * part / Parts), (int)((long)_labels.Length * (part + 1) / Parts));
        });
        Array.Clear(gradient);
        foreach (double[] sum in sums) TensorPrimitives.Add(gradient, sum, gradient);
        TensorPrimitives.Divide(gradient, _labels.Length, gradient);
        int weights = _classes * _width;
        TensorPrimitives.MultiplyAdd(point.AsSpan(0, weights), _penalty, gradient.AsSpan(0, weights), gradient.AsSpan(0, weights));
        return losses.Sum() / _labels.Length + _penalty / 2 * TensorPrimitives.SumOfSquares<double>(point.AsSpan(0, weights));
    }

    // Features are standardised: no direction is much steeper than another.
    public void Precondition(double[] direction)
    {
    }

    private double Add(double[] point, double[] gradient, int first, int end)
    {
        double loss = 0;
        double[] scores = new double[_classes];
        for (int sample = first; sample < end; sample++)
        {
            ReadOnlySpan<double> row = _features.AsSpan(sample * _width, _width);
            Scores(point, row, scores);
            double largest = TensorPrimitives.Max<double>(scores), sum = 0;
            foreach (double score in scores) sum += Math.Exp(score - largest);
            loss += largest + Math.Log(sum) - scores[_labels[sample]];
            for (int label = 0; label < _classes; label++)
            {
                double residual = Math.Exp(scores[label] - largest) / sum - (label == _labels[sample] ? 1 : 0);
                Span<double> target = gradient.AsSpan(label * _width, _width);
                TensorPrimitives.MultiplyAdd(row, residual, target, target);
                gradient[_classes * _width + label] += residual;
            }
        }
        return loss;
    }

    private void Scores(double[] point, ReadOnlySpan<double> row, double[] scores) => Model.Scores(point, _classes, row, scores);

    /// <summary>A fitted classifier.</summary>
    /// <param name="Scaling">What it sees of features.</param>
    /// <param name="Point">Weights [classes, width], then biases [classes].</param>
    /// <param name="Classes">How many.</param>
    internal sealed record Model(FeatureScaling Scaling, double[] Point, int Classes)
    {
        /// <summary>The most probable class of each sample; of equally probable ones the lowest.</summary>
        public int[] Predict(IReadOnlyList<float[]> features)
        {
            double[] scaled = Scaling.Apply(features), scores = new double[Classes];
            int[] predicted = new int[features.Count];
            for (int sample = 0; sample < predicted.Length; sample++)
            {
                Scores(Point, Classes, scaled.AsSpan(sample * Scaling.Width, Scaling.Width), scores);
                predicted[sample] = TensorPrimitives.IndexOfMax<double>(scores);
            }
            return predicted;
        }

        public static void Scores(double[] point, int classes, ReadOnlySpan<double> row, double[] scores)
        {
            for (int label = 0; label < classes; label++) scores[label] = TensorPrimitives.Dot<double>(point.AsSpan(label * row.Length, row.Length), row) + point[classes * row.Length + label];
        }
    }
}
