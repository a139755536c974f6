using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Health;

/// <summary>What parameters and gradients tell about a run.</summary>
/// <param name="EncoderGradientNorm">L2 norm of the context encoder's gradients.</param>
/// <param name="PredictorGradientNorm">L2 norm of the predictor's gradients.</param>
/// <param name="EncoderDistance">Norm of context less target encoder, over the context encoder's norm.</param>
internal sealed record ParameterHealth(double EncoderGradientNorm, double PredictorGradientNorm, double EncoderDistance)
{
    private const long Piece = 1 << 20;                                 // 4 MB of differences at a time, not a third copy of the encoder

    /// <summary>Of a model after the backward pass, when gradients are collected, and before the optimiser's step, which clears them.</summary>
    public static ParameterHealth Of(JepaModel model)
    {
        // The context encoder comes first in the buffers, then the predictor; between parameters there are zeros.
        Tensor gradients = model.Trained.Gradients!;
        long encoder = model.Followed.Values.shape[0], all = gradients.shape[0];
        return new ParameterHealth(
            Math.Sqrt(Sum(encoder, (from, length) => gradients.narrow(0, from, length))),
            Math.Sqrt(Sum(all - encoder, (from, length) => gradients.narrow(0, encoder + from, length))),
            Math.Sqrt(Distance(model.Trained.Values, model.Followed.Values, encoder)));
    }

    /// <summary>As figures of a line.</summary>
    public IReadOnlyList<MetricValue> Figures =>
    [
        KnownMetrics.EncoderGradientNorm.Of(EncoderGradientNorm), KnownMetrics.PredictorGradientNorm.Of(PredictorGradientNorm), KnownMetrics.EncoderDistance.Of(EncoderDistance),
    ];

    private static double Distance(Tensor context, Tensor target, long length) =>
        Sum(length, (from, count) => context.narrow(0, from, count).Minus(target.narrow(0, from, count))) / Sum(length, (from, count) => context.narrow(0, from, count));

    // The sum of squares, in pieces of a fixed length whose sums are added in float64, in order.
    private static double Sum(long length, Func<long, long, Tensor> part)
    {
        using IDisposable frozen = no_grad();
        double sum = 0;
        for (long from = 0; from < length; from += Piece)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = part(from, Math.Min(Piece, length - from));
            sum += (values * values).sum(ScalarType.Float64).ToDouble();
        }
        return sum;
    }
}
