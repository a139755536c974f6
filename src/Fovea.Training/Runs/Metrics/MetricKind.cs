namespace Fovea.Training.Runs.Metrics;

/// <summary>What a figure is measured on; TensorBoard groups by it.</summary>
internal enum MetricKind
{
    /// <summary>The training step itself.</summary>
    Training,

    /// <summary>Tensors that the step has at hand: is the method still sound?</summary>
    Health,

    /// <summary>Held-out pictures: what is the encoder worth?</summary>
    Evaluation,
}
