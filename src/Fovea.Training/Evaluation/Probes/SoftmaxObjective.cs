using Fovea.Numerics;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Multinomial logistic regression: mean cross-entropy + l2 / 2 * the sum of squared weights; biases are free. Variables are the weights [classes, width]
/// of the scaled, centred features, then the biases [classes]. Centring moves only the biases, so the minimum is that of the features as they are.
/// </summary>
internal sealed class SoftmaxObjective : IObjective, IDisposable
{
    private readonly ProbeSamples _samples;
    private readonly int _classes;
    private readonly double _penalty, _curvature;
    private readonly Tensor _factor, _cholesky;

    /// <param name="samples">To fit; stays the caller's.</param>
    /// <param name="scaling">What the probe sees of the features.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="penalty">l2, at least 0.</param>
    public SoftmaxObjective(ProbeSamples samples, ProbeScaling scaling, int classes, double penalty)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (_samples, _classes, _penalty) = (samples, classes, penalty);
        _curvature = (1.0 / classes) * (1 - 1.0 / classes);                   // p (1 - p) where all classes are equally likely
        _factor = samples.Factor(scaling).DetachFromDisposeScope();
        // The second derivatives there, class by class: curvature * covariance + l2. A billionth of the mean variance keeps it invertible without penalty.
        Tensor curvature = (samples.Covariance * _factor).mul_(_factor.unsqueeze(1)).TimesInPlace(_curvature);
        curvature.diagonal().PlusInPlace(Math.Max(penalty, 1e-9 * curvature.diagonal().mean().ToDouble() + 1e-300));
        _cholesky = linalg.cholesky(curvature).DetachFromDisposeScope();
    }

    public int Count => _classes * (_samples.Width + 1);

    public double Evaluate(double[] point, double[] gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (Tensor weights, Tensor biases) = Split(point);
        Tensor folded = weights * _factor, shift = biases.Minus(folded.mv(_samples.Mean));                         // [classes, width], [classes]
        Tensor[] sums = _samples.Sum((rows, labels) =>
        {
            Tensor logarithms = nn.functional.log_softmax(rows.matmul(folded.t()).PlusInPlace(shift), 1);            // [rows, classes]
            Tensor loss = logarithms.gather(1, labels).sum();
            Tensor residuals = logarithms.exp_().scatter_add_(1, labels, ones_like(labels, dtype: float64).neg_());     // probabilities less truth
            return [residuals.t().matmul(rows), residuals.sum(dim: 0), loss];
        });
        (Tensor weightSlopes, Tensor biasSlopes, double likelihood) = (sums[0], sums[1], sums[2].ToDouble());
        (Tensor writtenWeights, Tensor writtenBiases) = Split(gradient);
        writtenBiases.copy_(biasSlopes.OverInPlace(_samples.Count));
        writtenWeights.copy_(weightSlopes.OverInPlace(_samples.Count).MinusInPlace(biasSlopes.outer(_samples.Mean)).mul_(_factor).PlusInPlace(weights.Times(_penalty)));
        return -likelihood / _samples.Count + _penalty / 2 * weights.square().sum().ToDouble();
    }

    public void Precondition(double[] direction) => SingleCoreThreads.Run(1, (_, _) =>
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (Tensor weights, Tensor biases) = Split(direction);
        weights.copy_(weights.t().cholesky_solve(_cholesky).t());
        biases.OverInPlace(_curvature);
    });

    /// <summary>The classifier of a point: the same function of the features as they come.</summary>
    public LinearModel Model(double[] point)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (Tensor weights, Tensor biases) = Split(point);
        Tensor folded = weights * _factor;
        return LinearModel.Of(folded, biases.Minus(folded.mv(_samples.Mean)));
    }

    public void Dispose()
    {
        _factor.Dispose();
        _cholesky.Dispose();
    }

    private (Tensor Weights, Tensor Biases) Split(double[] values)            // [classes, width], [classes]; they share the memory of the array
    {
        Tensor all = frombuffer(values, float64);
        long weights = (long)_classes * _samples.Width;
        return (all.narrow(0, 0, weights).reshape(_classes, _samples.Width), all.narrow(0, weights, _classes));
    }
}
