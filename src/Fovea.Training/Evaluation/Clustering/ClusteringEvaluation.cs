namespace Fovea.Training.Evaluation;

/// <summary>Do the classes fall apart by themselves? Ward clustering of the principal components of normalised features, compared with the labels.</summary>
internal static class ClusteringEvaluation
{
    private const int MostDimensions = 50;

    /// <summary>Measures the labelled samples of a set.</summary>
    /// <param name="set">Clustered as a whole.</param>
    /// <param name="seed">Draws the intervals.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EvaluationException">The set has no labels, or one class only.</exception>
    public static ClusteringReport Evaluate(FeatureSet set, ulong seed = 0, CancellationToken cancellation = default)
    {
        EvaluationData data = new(set, set);
        IReadOnlyList<int> labels = data.Train.Labels;
        FeatureMatrix points = PrincipalComponents.Of(data.Train.Features, MostDimensions);
        int clusters = labels.Distinct().Count();
        int[] partition = WardClustering.Cut(WardClustering.Merge(points, cancellation), clusters);
        Estimate[] scores = Bootstrap.Of(labels.Count, seed, draw =>
        {
            ClusteringScores drawn = ClusteringScores.Of([.. draw.Select(sample => labels[sample])], [.. draw.Select(sample => partition[sample])]);
            return [drawn.AdjustedMutualInformation, drawn.NormalizedMutualInformation, drawn.AdjustedRand, drawn.Purity];
        });
        return new(data.Summary, "pca+ward", points.Width, clusters, seed, scores[0], scores[1], scores[2], scores[3]);
    }
}
