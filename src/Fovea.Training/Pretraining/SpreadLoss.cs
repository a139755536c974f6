using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Pretraining;

/// <summary>How far a batch of embeddings is from filling its space: the two terms of VICReg (Bardes et al. 2022, eq. 1 to 4) that need no second view.</summary>
internal static class SpreadLoss
{
    private const double WantedDeviation = 1, Epsilon = 1e-4;

    /// <summary>Mean over channels of how much the standard deviation falls short of 1.</summary>
    /// <param name="embeddings">[samples, channels], at least 2 samples.</param>
    public static Tensor Variance(Tensor embeddings) =>
        embeddings.var(0).Plus(Epsilon).sqrt().Times(-1).Plus(WantedDeviation).relu().mean();

    /// <summary>Sum of the squared covariances of different channels, divided by the number of channels.</summary>
    /// <inheritdoc cref="Variance" path="/param"/>
    public static Tensor Covariance(Tensor embeddings)
    {
        long samples = embeddings.shape[0], channels = embeddings.shape[1];
        Tensor deviations = embeddings.Minus(embeddings.mean([0L], keepdim: true));
        Tensor covariances = deviations.t().matmul(deviations).Over(samples - 1);
        Tensor squares = covariances * covariances;
        return squares.sum().Minus(squares.diagonal().sum()).Over(channels);
    }
}
