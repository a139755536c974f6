using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Runs.Health;

/// <summary>What the targets of one batch tell about collapse, all from tensors that the step has at hand: some passes over [B, patches, C], no product of matrices.</summary>
/// <param name="Variance">Over pictures and positions, biased, mean over channels. The targets have layer norm, so this is `1 - |mean token|² / C`: 1 when they cancel out, 0 when all are equal.</param>
/// <param name="ConstantLoss">The loss of predicting each channel's mean over the batch's targets; 0.42 for Gaussian targets.</param>
/// <param name="Loss">The step's loss.</param>
/// <param name="PictureCosine">Mean cosine over pairs of different pictures at one position; NaN for a batch of one.</param>
/// <param name="PositionCosine">Mean cosine over pairs of different positions of one picture; NaN for a grid of one patch.</param>
internal sealed record TargetHealth(double Variance, double ConstantLoss, double Loss, double PictureCosine, double PositionCosine)
{
    /// <summary>How much of a constant prediction's loss is left; NaN once the targets are constant themselves.</summary>
    public double LossRatio => Loss / ConstantLoss;

    /// <summary>Of one forward pass.</summary>
    public static TargetHealth Of(JepaOutputs outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor tokens = outputs.NormalisedTokens;                                                       // [B, patches, C]
        Tensor units = tokens / tokens.norm(-1, keepdim: true).Plus(1e-20);
        Tensor constant = outputs.Targets.mean([0L, 1L], keepdim: true).expand_as(outputs.Targets);     // [rows, K, C]
        return new TargetHealth(
            tokens.var([0L, 1L], unbiased: false).mean().ToDouble(),
            Functional.smooth_l1_loss(outputs.Targets, constant).ToDouble(),
            outputs.Loss.ToDouble(),
            MeanCosine(units, dimension: 0),
            MeanCosine(units, dimension: 1));
    }

    /// <summary>As figures of a line.</summary>
    public IReadOnlyList<MetricValue> Figures =>
    [
        KnownMetrics.TargetVariance.Of(Variance), KnownMetrics.ConstantLoss.Of(ConstantLoss), KnownMetrics.LossRatio.Of(LossRatio),
        KnownMetrics.PictureCosine.Of(PictureCosine), KnownMetrics.PositionCosine.Of(PositionCosine),
    ];

    // The squared length of a sum of n unit vectors is n and the cosines of all ordered pairs, so no pair has to be formed.
    private static double MeanCosine(Tensor units, long dimension)
    {
        long count = units.shape[dimension];
        if (count < 2) return double.NaN;
        Tensor sums = units.sum(dimension);
        double squares = (sums * sums).sum(-1).mean().ToDouble();
        return (squares - count) / ((double)count * (count - 1));
    }
}
