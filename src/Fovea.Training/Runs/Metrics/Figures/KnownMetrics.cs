using System.Collections.Frozen;

namespace Fovea.Training.Runs.Metrics;

/// <summary>Every figure that I-JEPA pre-training logs. What another trainer logs beside them stands in a class of its own, and in the register below.</summary>
internal static class KnownMetrics
{
    public static readonly Metric Loss = new("loss", MetricKind.Training, "Loss", "", "What the training step makes smaller, mean over its pictures. In I-JEPA it does not show quality: it also falls when the targets become poorer.");
    public static readonly Metric LearningRate = new("learning_rate", MetricKind.Training, "Learning rate", "", "AdamW's rate, from the schedule.");
    public static readonly Metric WeightDecay = new("weight_decay", MetricKind.Training, "Weight decay", "", "AdamW's decay, from the schedule.");
    public static readonly Metric Momentum = new("momentum", MetricKind.Training, "Momentum", "", "What the target encoder, or the average of the weights, keeps of itself in a step.");
    public static readonly Metric GradientNorm = new("gradient_norm", MetricKind.Training, "Gradient norm", "", "L2 norm over all trained parameters, before clipping.");
    public static readonly Metric ContextPatches = new("context_patches", MetricKind.Training, "Context patches", "patches", "How many patches the context encoder sees.");
    public static readonly Metric TargetPatches = new("target_patches", MetricKind.Training, "Target patches", "patches", "How many patches of one target block are predicted.");
    public static readonly Metric ImagesPerSecond = new("images_per_second", MetricKind.Training, "Throughput", "pictures/s", "Pictures trained on per second of wall time.") { IsTimed = true };
    public static readonly Metric WaitShare = new("wait_share", MetricKind.Training, "Waiting for pictures", "%", "Share of the wall time in which the step waited for decoding and augmentation; near 0 is good.") { IsTimed = true };

    public static readonly Metric TargetVariance = new("target_variance", MetricKind.Health, "Variance of the targets", "", "Over pictures and positions, mean over channels. 1 is the most; towards 0 all tokens become equal.");
    public static readonly Metric ConstantLoss = new("constant_loss", MetricKind.Health, "Loss of a constant prediction", "", "What predicting each channel's mean would lose; about 0.42 for rich targets. If it shrinks, a falling loss means nothing.");
    public static readonly Metric LossRatio = new("loss_ratio", MetricKind.Health, "Loss against a constant", "", "The loss divided by that of a constant prediction; below 1 something is predicted.");
    public static readonly Metric PictureCosine = new("target_cosine_pictures", MetricKind.Health, "Targets of different pictures", "", "Mean cosine between targets of different pictures at one position; towards 1 the pictures become alike.");
    public static readonly Metric PositionCosine = new("target_cosine_positions", MetricKind.Health, "Targets of different positions", "", "Mean cosine between targets at different positions of one picture; towards 1 the positions become alike.");
    public static readonly Metric EncoderGradientNorm = new("encoder_gradient_norm", MetricKind.Health, "Gradient norm of the encoder", "", "L2 norm over the context encoder's parameters.");
    public static readonly Metric PredictorGradientNorm = new("predictor_gradient_norm", MetricKind.Health, "Gradient norm of the predictor", "", "L2 norm over the predictor's parameters.");
    public static readonly Metric EncoderDistance = new("encoder_distance", MetricKind.Health, "Distance of the two encoders", "", "Norm of the difference of context and target encoder, divided by the context encoder's norm.");

    public static readonly Metric FeatureDeviation = new("feature_deviation", MetricKind.Evaluation, "Spread of the features", "", "Standard deviation of unit-length features over pictures, times the root of the width: 1 when they fill all directions alike, 0 when all are equal.");
    public static readonly Metric RankMe = new("rankme", MetricKind.Evaluation, "Effective rank (RankMe)", "directions", "How many directions the features use (Garrido et al. 2023); more is better.");
    public static readonly Metric ContextRankMe = new("rankme_context", MetricKind.Evaluation, "Effective rank of the context encoder", "directions", "RankMe of the context encoder's features.");
    public static readonly Metric Lidar = new("lidar", MetricKind.Evaluation, "LiDAR", "directions", "Effective rank of what tells pictures apart whatever part of them is seen (Thilak et al. 2023); more is better.");
    public static readonly Metric KnnTop1 = new("knn_top1", MetricKind.Evaluation, "k-NN accuracy", "%", "Share of held-out pictures whose nearest neighbours vote for their class; the direct measure.");
    public static readonly Metric LinearTop1 = new("linear_top1", MetricKind.Evaluation, "Linear probe accuracy", "%", "Share of held-out pictures that a linear classifier on frozen features gets right.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Loss, LearningRate, WeightDecay, Momentum, GradientNorm, ContextPatches, TargetPatches, ImagesPerSecond, WaitShare,
        TargetVariance, ConstantLoss, LossRatio, PictureCosine, PositionCosine, EncoderGradientNorm, PredictorGradientNorm, EncoderDistance,
        FeatureDeviation, RankMe, ContextRankMe, Lidar, KnnTop1, LinearTop1,
    ];

    private static readonly FrozenDictionary<string, Metric> ByName = ((IEnumerable<Metric>)[.. All, .. ClassificationMetrics.All, .. DetectionMetrics.All]).ToFrozenDictionary(metric => metric.Name);

    /// <summary>The figure of a key; of an unknown one, a figure that says no more than its key.</summary>
    /// <exception cref="ArgumentException">The text cannot be a key.</exception>
    public static Metric Named(string name) => ByName.TryGetValue(name, out Metric? known) ? known : new Metric(name, MetricKind.Training, name, "", "");
}
