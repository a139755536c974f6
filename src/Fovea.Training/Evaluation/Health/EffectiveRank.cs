using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// How many directions features really use: the exponential of the entropy of a spectrum. The cheapest sign of a collapse that the loss does not show: a
/// collapsing encoder loses directions while its loss falls.
/// </summary>
internal static class EffectiveRank
{
    private const double Epsilon = 1e-7;
    private const double WithinFloor = 1e-4;                                  // delta of LiDAR

    /// <summary>RankMe (Garrido et al. 2023, eq. 1): of the singular values of the features as they are, not centred.</summary>
    /// <param name="features">[samples, width], at best 5,000 samples or more; any float type.</param>
    /// <returns>From 1 for one direction to the width; 0 where all features are 0.</returns>
    public static double RankMe(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        return OfSpectrum(linalg.svdvals(features.to(float64)));
    }

    /// <summary>
    /// LiDAR (Thilak et al. 2023, sec. 4): of the eigenvalues of the scatter between samples, seen in the metric of the scatter within them. Follows the
    /// accuracy of probes more closely than RankMe for I-JEPA, say its authors; 512 samples of 10 views serve as a trend.
    /// </summary>
    /// <param name="features">[samples, views, width]: several views (contexts) of each sample; any float type.</param>
    /// <returns>From 1 to the width; 0 where the samples do not differ.</returns>
    /// <exception cref="ArgumentException">Not three dimensions, or fewer than two samples or views.</exception>
    public static double Lidar(Tensor features)
    {
        if (features.dim() != 3 || features.shape[0] < 2 || features.shape[1] < 2)
        {
            throw new ArgumentException($"LiDAR takes [samples, views, width] with at least 2 samples of 2 views; not [{string.Join(", ", features.shape)}].", nameof(features));
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (long samples, long views, long width) = (features.shape[0], features.shape[1], features.shape[2]);
        Tensor values = features.to(float64), means = values.mean([1]);                                       // [samples, width]
        Tensor apart = means.Minus(means.mean([0])), within = values.Minus(means.unsqueeze(1)).reshape(samples * views, width);
        Tensor between = apart.t().matmul(apart).Over(samples), spread = within.t().matmul(within).Over(samples * views).Plus(eye(width, dtype: float64).Times(WithinFloor));
        (Tensor variances, Tensor directions) = linalg.eigh(spread);
        Tensor whitening = (directions * variances.rsqrt()).matmul(directions.t());                           // spread ^ -1/2
        return OfSpectrum(linalg.eigvalsh(whitening.matmul(between).matmul(whitening)).relu());
    }

    /// <summary>exp(-sum p ln p) with p = value / sum + 1e-7.</summary>
    private static double OfSpectrum(Tensor values)
    {
        double sum = values.sum().ToDouble();
        if (sum == 0) return 0;
        Tensor shares = values.Over(sum).Plus(Epsilon);
        return Math.Exp(-(shares * shares.log()).sum().ToDouble());
    }
}
