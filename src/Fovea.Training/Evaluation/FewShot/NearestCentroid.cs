using System.Numerics.Tensors;

namespace Fovea.Training.Evaluation;

/// <summary>
/// SimpleShot (Wang et al. 2019): features less the mean of the training features, at length 1; a class is the mean of its samples, not normalised again, and
/// a sample belongs to the class at the smallest Euclidean distance, of equal ones the lower.
/// </summary>
internal sealed class NearestCentroid
{
    private const double Shortest = 1e-12;

    private readonly double[] _mean, _centroids;

    /// <param name="features">Of the samples to learn from; one may come more than once.</param>
    /// <param name="labels">Their classes.</param>
    public NearestCentroid(FeatureMatrix features, IReadOnlyList<int> labels)
    {
        Dictionary<int, int> counts = labels.CountBy(label => label).ToDictionary();
        Classes = [.. counts.Keys.Order()];
        Dictionary<int, int> places = Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        int width = features.Width;
        (_mean, _centroids) = (new double[width], new double[Classes.Count * width]);
        double[] values = new double[width];
        for (int row = 0; row < features.Rows; row++)
        {
            features.Read(row, values);
            TensorPrimitives.Add(_mean, values, _mean);
        }
        TensorPrimitives.Divide(_mean, features.Rows, _mean);
        for (int row = 0; row < features.Rows; row++)
        {
            Normalise(features, row, values);
            Span<double> centroid = _centroids.AsSpan(places[labels[row]] * width, width);
            TensorPrimitives.MultiplyAdd(values, 1.0 / counts[labels[row]], centroid, centroid);
        }
    }

    /// <summary>Classes that have a centroid, ascending.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The mean of the training features: [width].</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>The centroid of a class, by its place in <see cref="Classes"/>: [width].</summary>
    public ReadOnlySpan<double> Centroid(int place) => _centroids.AsSpan(place * _mean.Length, _mean.Length);

    /// <summary>The classes of samples.</summary>
    public IReadOnlyList<int> Predict(FeatureMatrix features)
    {
        int[] predictions = new int[features.Rows];
        Parallel.For(0, features.Rows, () => new double[_mean.Length], (row, _, values) =>
        {
            Normalise(features, row, values);
            predictions[row] = Nearest(values);
            return values;
        }, _ => { });
        return predictions;
    }

    private int Nearest(double[] values)
    {
        (int nearest, double least) = (0, double.PositiveInfinity);
        for (int place = 0; place < Classes.Count; place++)
        {
            double distance = TensorPrimitives.Distance(values, Centroid(place));
            if (distance < least) (nearest, least) = (place, distance);
        }
        return Classes[nearest];
    }

    private void Normalise(FeatureMatrix features, int row, double[] values)
    {
        features.Read(row, values);
        TensorPrimitives.Subtract(values, _mean, values);
        TensorPrimitives.Divide(values, Math.Max(TensorPrimitives.Norm<double>(values), Shortest), values);
    }
}
