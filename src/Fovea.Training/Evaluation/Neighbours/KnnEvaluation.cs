namespace Fovea.Training.Evaluation;

/// <summary>
/// Weighted k-NN classification: is a picture's class that of the pictures which the encoder finds similar? Nothing is trained (Wu et al. 2018; Caron et al. 2021).
/// </summary>
internal static class KnnEvaluation
{
    private const int ManySamples = 1000, ManyNeighbours = 20, FewNeighbours = 10;

    /// <summary>Measures a test set against a training set, or a set within itself when both are the same object: each sample against all others.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured.</exception>
    public static KnnReport Evaluate(FeatureSet train, FeatureSet test, KnnOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        EvaluationData data = new(train, test);
        bool leavesOneOut = ReferenceEquals(data.Train, data.Test);
        int headline = data.Train.Count < ManySamples ? FewNeighbours : ManyNeighbours;
        int[] counts = [.. options.Neighbours.Append(headline).Distinct().Order()];
        NearestNeighbours nearest = NearestNeighbours.Search(data.Train.Features, data.Test.Features, counts[^1], leavesOneOut, cancellation);
        List<KnnReport.Result> results = [];
        IReadOnlyList<int> predictions = [];
        foreach (int count in counts)
        {
            ClassScores votes = Votes(nearest, count, data, options.Temperature);
            results.Add(new(count, votes.Top(1), votes.Top(5)));
            if (count == headline) predictions = votes.Predictions;
        }
        ConfusionMatrix confusion = new(data.Test.Labels, predictions, data.Classes);
        return new(data.Summary, options.Temperature, leavesOneOut, headline, results, ClassAccuracy.Of(confusion, data.ClassName), confusion, predictions);
    }

    /// <summary>The votes of the nearest of each query's neighbours, for every class of the training set.</summary>
    public static ClassScores Votes(NearestNeighbours nearest, int count, EvaluationData data, double temperature)
    {
        int classes = data.Train.ClassCount, used = Math.Min(count, nearest.Count);
        double[] votes = new double[checked(nearest.Queries * classes)];
        for (int query = 0; query < nearest.Queries; query++)
        {
            KnnVotes.Count(nearest.Similarities(query)[..used], nearest.Indices(query)[..used], data.Train.Labels, temperature, votes.AsSpan(query * classes, classes));
        }
        return new(votes, data.Test.Labels, classes);
    }
}
