using Fovea.Training.Randomness;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// The linear probe as DINOv2 trains it (Oquab et al. 2023, appendix B.3): SGD with momentum 0.9, no weight decay, cosine to 0, a head for each feature and
/// learning rate. The best head on a held-out tenth of the training set is measured, as it is.
/// </summary>
internal static class SgdSweep
{
    /// <summary>Measures one feature.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured.</exception>
    public static LinearProbeReport Evaluate(FeatureSet train, FeatureSet test, SgdSweepOptions options, CancellationToken cancellation = default) =>
        Evaluate([(train, test)], options, cancellation);

    /// <summary>Measures the best of several features of the same samples, such as `avg` and `avg4`.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured, or are of different samples.</exception>
    public static LinearProbeReport Evaluate(IReadOnlyList<(FeatureSet Train, FeatureSet Test)> features, SgdSweepOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        IReadOnlyList<ProbeCandidate> candidates = ProbeCandidate.All(features, options.Scalings);
        HeldOutSplit split = HeldOutSplit.Of(candidates[0].Data.Train.Count, options.Seed);
        Trial[] trials = [.. candidates.SelectMany((candidate, number) => Train(candidate, number, split, options, cancellation))];
        Trial best = trials.MaxBy(trial => trial.Setting.HeldOutAccuracy)!;
        LinearProbeReport.FinalFit fit = new(split.Kept.Count, null, null, options.Steps, null);
        return LinearProbeReport.Of(best.Candidate.Data, "sgd", options.Seed, split.HeldOut.Count, best.Setting, fit, [.. trials.Select(trial => trial.Setting)], best.Model);
    }

    // Heads know nothing of each other, so each thread trains some of them on all batches.
    private static Trial[] Train(ProbeCandidate candidate, int number, HeldOutSplit split, SgdSweepOptions options, CancellationToken cancellation)
    {
        FeatureSet kept = candidate.Data.Train.Select(split.Kept), heldOut = candidate.Data.Train.Select(split.HeldOut);
        using DisposeScope scope = NewDisposeScope();
        (Tensor shift, Tensor factor) = Scaling(candidate.Scaling, kept);
        Tensor rows = kept.Features.ToTensor().to(float32).Minus(shift).mul_(factor), others = heldOut.Features.ToTensor().to(float32).Minus(shift).mul_(factor);
        (Tensor labels, Tensor otherLabels) = (Labels(kept), Labels(heldOut));
        Trial[] trials = new Trial[options.LearningRates.Count];
        SingleCoreThreads.Run(trials.Length, (thread, threads) =>
        {
            using DisposeScope inner = NewDisposeScope();
            using IDisposable mode = inference_mode();
            int[] own = [.. Enumerable.Range(0, trials.Length).Where(head => head % threads == thread)];
            int batch = Math.Min(options.Batch, kept.Count);
            using SgdHeads heads = new(
                kept.Features.Width, candidate.Data.Classes, [.. own.Select(head => options.LearningRates[head])], batch,
                [.. own.Select(head => new RandomStream(options.Seed, RandomPurpose.Evaluation, number * trials.Length + head, EvaluationDraws.Heads))]);
            foreach ((int step, long[] chosen) in Batches(kept.Count, batch, options.Seed).Take(options.Steps).Index())
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope innermost = NewDisposeScope();
                Tensor places = tensor(chosen);
                heads.Step(rows.index_select(0, places), labels.index_select(0, places), (1 + Math.Cos(Math.PI * step / options.Steps)) / 2);
            }
            foreach ((int place, int right) in heads.CountRight(others, otherLabels).Index())
            {
                LinearProbeReport.Setting setting = new(kept.Feature, candidate.Scaling, null, options.LearningRates[own[place]], (double)right / heldOut.Count);
                trials[own[place]] = new(candidate, setting, Model(heads.Head(place), shift, factor));
            }
        });
        return trials;
    }

    private static (Tensor Shift, Tensor Factor) Scaling(ProbeScaling scaling, FeatureSet kept)
    {
        if (scaling == ProbeScaling.None) return (zeros(kept.Features.Width), ones(kept.Features.Width));
        using ProbeSamples samples = new(kept.Features, kept.Labels);
        return (samples.Mean.to(float32), samples.Factor(scaling).to(float32));
    }

    private static Tensor Labels(FeatureSet set) => tensor(set.Labels.Select(label => (long)label).ToArray());

    // Without end. Every epoch has its own order; what does not fill a batch waits for another epoch.
    private static IEnumerable<long[]> Batches(int samples, int batch, ulong seed)
    {
        for (int epoch = 0; ; epoch++)
        {
            long[] order = [.. Enumerable.Range(0, samples).Select(sample => (long)sample)];
            RandomStream random = new(seed, RandomPurpose.Evaluation, epoch, EvaluationDraws.Epoch);
            random.Shuffle<long>(order);
            for (int first = 0; first + batch <= samples; first += batch) yield return order[first..(first + batch)];
        }
    }

    // weights (x - shift) factor + biases, as a function of x.
    private static LinearModel Model((Tensor Weights, Tensor Biases) head, Tensor shift, Tensor factor)
    {
        Tensor folded = head.Weights.to(float64) * factor.to(float64);
        return LinearModel.Of(folded, head.Biases.to(float64).Minus(folded.mv(shift.to(float64))));
    }

    private sealed record Trial(ProbeCandidate Candidate, LinearProbeReport.Setting Setting, LinearModel Model);
}
