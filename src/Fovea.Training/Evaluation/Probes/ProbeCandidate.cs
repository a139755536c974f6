namespace Fovea.Training.Evaluation;

/// <summary>One way to look at the samples, among which a probe chooses: a feature, and its scaling.</summary>
/// <param name="Data">Training and test set of the feature.</param>
/// <param name="Scaling">What the probe sees of it.</param>
internal sealed record ProbeCandidate(EvaluationData Data, ProbeScaling Scaling)
{
    /// <summary>All pairs of a feature and a scaling. The features are of the same samples, in the same order.</summary>
    /// <exception cref="ArgumentException">There is no feature, or no scaling.</exception>
    /// <exception cref="EvaluationException">The features are of different samples, or cannot be measured.</exception>
    public static IReadOnlyList<ProbeCandidate> All(IReadOnlyList<(FeatureSet Train, FeatureSet Test)> features, IReadOnlyList<ProbeScaling> scalings)
    {
        if (features.Count == 0) throw new ArgumentException("a probe needs features; give at least one pair of sets.", nameof(features));
        if (scalings.Count == 0) throw new ArgumentException("a probe needs a scaling; give at least one.", nameof(scalings));
        EvaluationData[] sets = [.. features.Select(pair => new EvaluationData(pair.Train, pair.Test))];
        foreach (EvaluationData other in sets[1..])
        {
            if (!AreSame(sets[0].Train, other.Train) || !AreSame(sets[0].Test, other.Test))
            {
                throw EvaluationThrow.SamplesDiffer(sets[0].Train.Feature, other.Train.Feature);
            }
        }
        return [.. sets.SelectMany(data => scalings.Distinct().Select(scaling => new ProbeCandidate(data, scaling)))];
    }

    private static bool AreSame(FeatureSet one, FeatureSet other) => one.Labels.SequenceEqual(other.Labels) && one.Names.SequenceEqual(other.Names);
}
