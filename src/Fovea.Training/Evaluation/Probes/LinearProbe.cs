using Fovea.Numerics;
namespace Fovea.Training.Evaluation;

/// <summary>
/// Are the classes separated by planes in the space of the features? Logistic regression whose strength, feature and scaling are chosen on a held-out
/// tenth of the training set (Oquab et al. 2023, appendix B.3), then fitted on all of it; the test set chooses nothing.
/// </summary>
internal static class LinearProbe
{
    // Held-out accuracy needs no optimum to the last digit; the final fit has its own limit.
    private const double ChoiceTolerance = 1e-6;
    private const int MostChoiceEvaluations = 200;
    private const int ManySamples = 100_000;

    /// <summary>Measures one feature.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured.</exception>
    public static LinearProbeReport Evaluate(FeatureSet train, FeatureSet test, LinearProbeOptions options, CancellationToken cancellation = default) =>
        Evaluate([(train, test)], options, cancellation);

    /// <summary>Measures the best of several features of the same samples, such as `avg` and `avg4`.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured, or are of different samples.</exception>
    public static LinearProbeReport Evaluate(IReadOnlyList<(FeatureSet Train, FeatureSet Test)> features, LinearProbeOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        IReadOnlyList<ProbeCandidate> candidates = ProbeCandidate.All(features, options.Scalings);
        HeldOutSplit split = HeldOutSplit.Of(candidates[0].Data.Train.Count, options.Seed);
        Trial[] trials = [.. candidates.SelectMany(candidate => Try(candidate, split, options, cancellation))];
        Trial best = trials.MaxBy(trial => trial.Setting.HeldOutAccuracy)!;                                    // the first of equals
        (EvaluationData data, ProbeScaling scaling) = (best.Candidate.Data, best.Candidate.Scaling);
        using ProbeSamples samples = new(data.Train.Features, data.Train.Labels);
        double tolerance = options.Tolerance ?? (samples.Count > ManySamples ? 1e-6 : 1e-8);
        LogisticRegression.Fitted fitted = LogisticRegression.Fit(
            samples, scaling, data.Classes, 1 / (best.Setting.Strength!.Value * samples.Count), tolerance, options.MostEvaluations, best.Variables, cancellation);
        Lbfgs.Result solution = fitted.Solution;
        LinearProbeReport.FinalFit fit = new(samples.Count, solution.Value, solution.LargestGradient, solution.Evaluations, solution.Converged);
        return LinearProbeReport.Of(data, "lbfgs", options.Seed, split.HeldOut.Count, best.Setting, fit, [.. trials.Select(trial => trial.Setting)], fitted.Model);
    }

    // From the strongest regularisation to the weakest, each problem started from its neighbour's solution.
    private static List<Trial> Try(ProbeCandidate candidate, HeldOutSplit split, LinearProbeOptions options, CancellationToken cancellation)
    {
        FeatureSet kept = candidate.Data.Train.Select(split.Kept), heldOut = candidate.Data.Train.Select(split.HeldOut);
        using ProbeSamples samples = new(kept.Features, kept.Labels);
        List<Trial> trials = [];
        double[]? start = null;
        foreach (double strength in options.Strengths.Order())
        {
            LogisticRegression.Fitted fitted = LogisticRegression.Fit(
                samples, candidate.Scaling, candidate.Data.Classes, 1 / (strength * samples.Count), ChoiceTolerance, MostChoiceEvaluations, start, cancellation);
            start = fitted.Solution.Point;
            ClassScores scores = new(fitted.Model.Probabilities(heldOut.Features), heldOut.Labels, candidate.Data.Classes);
            trials.Add(new(candidate, new(kept.Feature, candidate.Scaling, strength, null, scores.Top(1).Value), start));
        }
        return trials;
    }

    private sealed record Trial(ProbeCandidate Candidate, LinearProbeReport.Setting Setting, double[] Variables);
}
