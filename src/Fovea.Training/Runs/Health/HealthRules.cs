using Fovea.Training.Runs.Metrics;
using static Fovea.Training.Runs.Health.HealthView;

namespace Fovea.Training.Runs.Health;

/// <summary>
/// What is looked for. The loss itself decides nothing but its being a number: in I-JEPA it usually falls, rises again while the encoder improves, and falls for good reasons and bad ones.
/// </summary>
internal static class HealthRules
{
    private const string AgainstCollapse = "a lower learning rate or a longer warm-up, a momentum closer to 1, and no weight decay on norms; if that does not help, begin again, since a collapsed encoder does not come back.";

    /// <summary>All rules, in the order of the documentation.</summary>
    public static IReadOnlyList<HealthRule> All { get; } =
    [
        new("not-a-number", KnownMetrics.Loss, view => IsNumber(view, KnownMetrics.Loss) ? null : "the loss is no longer a number.",
            "a lower learning rate, a longer warm-up, clipping of gradients, or float32 instead of bfloat16."),
        new("gradient-not-a-number", KnownMetrics.GradientNorm, view => IsNumber(view, KnownMetrics.GradientNorm) ? null : "the gradient is no longer a number.",
            "a lower learning rate, a longer warm-up, clipping of gradients, or float32 instead of bfloat16."),
        new("collapse", KnownMetrics.TargetVariance, Collapse, AgainstCollapse),
        new("few-directions", KnownMetrics.RankMe, FewDirections, AgainstCollapse),
        new("pictures-alike", KnownMetrics.PictureCosine, view => view.StaysAbove(KnownMetrics.PictureCosine, view.Thresholds.TargetCosine)
                ? $"the targets of different pictures are nearly the same (mean cosine {view.Text(KnownMetrics.PictureCosine)}): the encoder tells where a patch lies, not what is on it." : null,
            AgainstCollapse),
        new("positions-alike", KnownMetrics.PositionCosine, view => view.StaysAbove(KnownMetrics.PositionCosine, view.Thresholds.TargetCosine)
                ? $"all patches of a picture have nearly the same target (mean cosine {view.Text(KnownMetrics.PositionCosine)}): the encoder gives one summary for the whole picture." : null,
            "larger crops, so that the patches of a picture differ, and what helps against a collapse: a lower learning rate, a longer warm-up, a momentum closer to 1."),
        new("poorer-targets", KnownMetrics.ConstantLoss, PoorerTargets, AgainstCollapse),
        new("loss-misleads", KnownMetrics.RankMe, LossMisleads, "a momentum closer to 1 or a lower learning rate; do not choose checkpoints by their loss but by k-NN accuracy and rank."),
        new("too-easy", KnownMetrics.LossRatio, TooEasy, "larger target blocks, and masks in which context and targets share no patch."),
        new("nothing-predicted", KnownMetrics.LossRatio, view => view.StaysAbove(KnownMetrics.LossRatio, view.Thresholds.LossRatioHigh)
                ? $"the predictor is no better than a constant (loss {view.Text(KnownMetrics.LossRatio)} of a constant's)." : null,
            "a higher learning rate or a longer run; more context patches; and see that pictures are not damaged on their way (the sample pictures of the report)."),
        new("gradient-jumps", KnownMetrics.GradientNorm, GradientJumps, "clipping of gradients, a lower learning rate, or a longer warm-up."),
        new("no-gradient", KnownMetrics.EncoderGradientNorm, view => view.Latest(KnownMetrics.EncoderGradientNorm, view.Thresholds.Readings) is { } norms && norms.All(norm => norm == 0)
                ? "no gradient reaches the context encoder: it does not learn." : null,
            "float32 instead of bfloat16; if it stays, the program is at fault: report it with the run's recipe."),
        new("encoders-equal", KnownMetrics.EncoderDistance, EncodersEqual, "a momentum near 1, such as 0.996; one near 0 copies the context encoder in every step, and such runs collapse."),
        new("worse-than-untrained", KnownMetrics.KnnTop1, WorseThanUntrained, "the recipe that keeps the rank up: compare the ranks of short runs with different learning rates and momenta before a long one."),
        new("waiting", KnownMetrics.WaitShare, Waiting, "more workers, smaller pictures (resize them once, beforehand), or a WebDataset archive instead of many small files."),
    ];

    // A figure that was never logged says nothing; one that was logged as null is not a number.
    private static bool IsNumber(HealthView view, Metric metric) => view.Last(metric) is not { } last || double.IsFinite(last.Value);

    private static string? Collapse(HealthView view) => view.StaysBelow(KnownMetrics.TargetVariance, view.Thresholds.TargetVariance)
        ? $"the representation is collapsing: all targets become equal (variance {view.Text(KnownMetrics.TargetVariance)} of at most 1), so the loss falls without anything being learned."
        : null;

    private static string? FewDirections(HealthView view)
    {
        double? untrained = view.Untrained(KnownMetrics.RankMe);
        double reference = untrained ?? view.Highest(KnownMetrics.RankMe);
        return view.StaysBelow(KnownMetrics.RankMe, view.Thresholds.RankKept * reference)
            ? $"the representation is collapsing into few directions: its effective rank is {view.Text(KnownMetrics.RankMe)}, {(untrained is null ? "at its best it was" : "that of the untrained encoder was")} {Text(reference)}, and it does not recover."
            : null;
    }

    private static string? PoorerTargets(HealthView view)
    {
        double first = view.First(KnownMetrics.ConstantLoss);
        return view.StaysBelow(KnownMetrics.ConstantLoss, view.Thresholds.ConstantLossKept * first)
            ? $"the targets become poorer: even a constant prediction loses only {view.Text(KnownMetrics.ConstantLoss)}, at the start it was {Text(first)}; that the loss falls means nothing then."
            : null;
    }

    private static string? LossMisleads(HealthView view)
    {
        if (view.Settled(KnownMetrics.RankMe, view.Thresholds.Readings) is not { } ranks) return null;
        bool falls = ranks.Zip(ranks.Skip(1)).All(pair => pair.Second.Value < pair.First.Value) && ranks[^1].Value < (1 - view.Thresholds.RankFall) * ranks[0].Value;
        if (!falls || view.At(KnownMetrics.Loss, ranks[0].Step) is not { } before || view.At(KnownMetrics.Loss, ranks[^1].Step) is not { } now) return null;
        return now < (1 - view.Thresholds.LossFall) * before
            ? $"the loss falls ({Text(before)} to {Text(now)}) while the effective rank falls too ({Text(ranks[0].Value)} to {Text(ranks[^1].Value)}): the targets become easier, the encoder no better."
            : null;
    }

    private static string? TooEasy(HealthView view) =>
        view.Latest(KnownMetrics.LossRatio, view.Thresholds.Readings) is { } ratios && ratios.All(ratio => ratio < view.Thresholds.LossRatioLow)
            ? $"the targets are predicted almost exactly (loss {Text(ratios[^1])} of a constant's): they are probably visible in the context."
            : null;

    private static string? GradientJumps(HealthView view)
    {
        int readings = view.Thresholds.Readings;
        double[] usual = view.Before(KnownMetrics.GradientNorm, readings, view.Thresholds.GradientWindow);
        if (2 * usual.Length < view.Thresholds.GradientWindow || view.Latest(KnownMetrics.GradientNorm, readings) is not { } norms) return null;
        Array.Sort(usual);
        double median = usual[usual.Length / 2];
        return median > 0 && norms.All(norm => norm > view.Thresholds.GradientJump * median)
            ? $"the gradient norm has jumped from about {Text(median)} to {Text(norms[^1])} and stays there."
            : null;
    }

    private static string? EncodersEqual(HealthView view)
    {
        if (view.Settled(KnownMetrics.EncoderDistance, view.Thresholds.Readings) is not { } points || view.Last(KnownMetrics.LearningRate) is not { Value: > 0 }) return null;
        return points.All(point => point.Value < view.Thresholds.EncoderDistance && view.At(KnownMetrics.Momentum, point.Step) is { } momentum && momentum >= view.Thresholds.DistantMomentum && momentum < 1)
            ? $"the two encoders are equal (distance {Text(points[^1].Value)}), although the momentum says that the target encoder follows slowly."
            : null;
    }

    private static string? WorseThanUntrained(HealthView view)
    {
        if (view.Untrained(KnownMetrics.KnnTop1) is not { } untrained || view.Settled(KnownMetrics.KnnTop1, 2) is not { } points) return null;
        return points.All(point => point.Value < untrained && view.IsPast(point.Step, view.Thresholds.LearnedBy))
            ? $"the encoder is worse than an untrained one: k-NN finds {Text(100 * points[^1].Value)} % of the classes, before training it was {Text(100 * untrained)} %."
            : null;
    }

    private static string? Waiting(HealthView view) =>
        view.Latest(KnownMetrics.WaitShare, view.Thresholds.WaitReadings) is { } shares && shares.All(share => share > view.Thresholds.WaitShare)
            ? $"training waits for pictures during {Text(100 * shares[^1])} % of the time: decoding and augmentation are too slow for this machine."
            : null;
}
