namespace Fovea.Training.Evaluation;

/// <summary>How far a handful of labelled pictures goes: nearest centroids of k samples a class, over several draws.</summary>
internal static class FewShotEvaluation
{
    /// <summary>Measures all test samples against draws from the training set.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured, or a class has too few samples where that is an error.</exception>
    public static FewShotReport Evaluate(FeatureSet train, FeatureSet test, FewShotOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        EvaluationData data = new(train, test);
        ShotSampler sampler = new(data.Train.Labels, options.Seed);
        (int smallest, int samples) = sampler.Smallest;
        if (options.StrictShots && samples < options.Shots.Max()) throw EvaluationThrow.TooFewShots(data.ClassName(smallest), samples, options.Shots.Max());
        return new(data.Summary, options.Seed, [.. options.Shots.Select(shots => Measure(shots, data, sampler, options.Runs, cancellation))]);
    }

    private static FewShotReport.Result Measure(int shots, EvaluationData data, ShotSampler sampler, int count, CancellationToken cancellation)
    {
        RepeatedRuns runs = new([.. Enumerable.Range(0, count).Select(run =>
        {
            cancellation.ThrowIfCancellationRequested();
            FeatureSet drawn = data.Train.Select(sampler.Draw(shots, run));
            IReadOnlyList<int> predictions = new NearestCentroid(drawn.Features, drawn.Labels).Predict(data.Test.Features);
            return (double)predictions.Zip(data.Test.Labels).Count(pair => pair.First == pair.Second) / data.Test.Count;
        })]);
        return new(shots, sampler.CountBelow(shots), runs.Interval, runs.StandardDeviation, runs.Values);
    }
}
