using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Optimization;

/// <summary>
/// AdamW over flat buffers (Loshchilov and Hutter 2019, algorithm 2), with the moving average of a second network in the same pass.
/// On a processor one pass reads every number once; elsewhere the same formulas run as torch operations.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly FlatParameters? _follower;
    private readonly AdamWSettings _settings;
    private readonly bool[] _isTrained;

    /// <param name="parameters">What is trained.</param>
    /// <param name="settings">The constants.</param>
    /// <param name="follower">A moving average of the first parameters, laid out like them; null for none.</param>
    /// <param name="isTrained">Which keys have gradients: the others are neither moved nor decayed. Null: all.</param>
    public AdamW(FlatParameters parameters, AdamWSettings settings, FlatParameters? follower = null, Func<string, bool>? isTrained = null)
    {
        _parameters = parameters;
        _follower = follower;
        _settings = settings;
        _isTrained = [.. parameters.Slices.Select(slice => isTrained?.Invoke(slice.Parameter.Key) ?? true)];
        FirstMoments = zeros_like(parameters.Values).DetachFromDisposeScope();
        SecondMoments = zeros_like(parameters.Values).DetachFromDisposeScope();
    }

    /// <summary>Steps made.</summary>
    public long Steps { get; set; }

    /// <summary>Mean gradients, laid out like the values.</summary>
    public Tensor FirstMoments { get; }

    /// <summary>Mean squared gradients.</summary>
    public Tensor SecondMoments { get; }

    /// <summary>The L2 norm of all gradients, summed in float64.</summary>
    public double GradientNorm()
    {
        if (_parameters.Values.device_type != DeviceType.CPU)
        {
            using Tensor norm = _parameters.Gradients!.norm();
            return norm.ToDouble();
        }
        return Math.Sqrt(AdamWKernel.SumOfSquares(_parameters.Gradients!));
    }

    /// <summary>What clipping multiplies every gradient by: `min(1, limit / (norm + 1e-6))`, as the reference.</summary>
    public static double ClipFactor(double gradientNorm, double limit) => Math.Min(1, limit / (gradientNorm + 1e-6));

    /// <summary>One step; the gradients are 0 afterwards, and the follower has moved.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="weightDecays">The decay of every parameter, in the order of <see cref="FlatParameters.Slices"/>.</param>
    /// <param name="momentum">What the follower keeps of itself.</param>
    /// <param name="gradientScale">What every gradient is multiplied by first: clipping.</param>
    /// <param name="rateScales">What the rate of every parameter is multiplied by, in the order of <see cref="FlatParameters.Slices"/>; empty: 1 for all.</param>
    public void Step(double learningRate, ReadOnlySpan<double> weightDecays, double momentum = 1, double gradientScale = 1, ReadOnlySpan<double> rateScales = default)
    {
        Steps++;
        AdamWStep step = new(learningRate, _settings, Steps, (float)gradientScale, (float)(1 - momentum));
        if (_parameters.Values.device_type == DeviceType.CPU) StepOnProcessor(step, weightDecays, rateScales);
        else StepByTensors(step, weightDecays, rateScales);
    }

    /// <summary>The same step as torch operations, which every device has.</summary>
    internal void StepByTensors(AdamWStep step, ReadOnlySpan<double> weightDecays, ReadOnlySpan<double> rateScales = default)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int index = 0; index < _isTrained.Length; index++)
        {
            if (!_isTrained[index]) continue;
            ParameterSlice slice = _parameters.Slices[index];
            double rateScale = rateScales.IsEmpty ? 1 : rateScales[index];
            Tensor x = Part(_parameters.Values), m = Part(FirstMoments), v = Part(SecondMoments), gradient = Part(_parameters.Gradients!).Times(step.GradientScale);
            x.TimesInPlace(1 - rateScale * step.LearningRate * weightDecays[index]);
            m.LerpInPlace(gradient, 1 - _settings.Beta1);
            v.TimesInPlace(_settings.Beta2).PlusInPlace((gradient * gradient).TimesInPlace(1 - _settings.Beta2));
            x.MinusInPlace((m / v.sqrt().OverInPlace(step.RootOfBias2).PlusInPlace(_settings.Epsilon)).TimesInPlace(rateScale * step.StepSize));

            Tensor Part(Tensor buffer) => buffer.narrow(0, slice.Offset, slice.Length);
        }
        _parameters.Gradients!.zero_();
        _parameters.RefreshCopies();
        if (_follower is null) return;
        _follower.Values.LerpInPlace(_parameters.Values.narrow(0, 0, _follower.Values.shape[0]), step.FollowerWeight);
        _follower.RefreshCopies();
    }

    public void Dispose()
    {
        FirstMoments.Dispose();
        SecondMoments.Dispose();
    }

    private void StepOnProcessor(AdamWStep step, ReadOnlySpan<double> weightDecays, ReadOnlySpan<double> rateScales)
    {
        AdamWKernel kernel = new(
            step, _parameters.Values, _parameters.Gradients!, FirstMoments, SecondMoments, _parameters.Copies, _follower?.Values, _follower?.Copies);
        for (int index = 0; index < _isTrained.Length; index++) kernel.Add(_parameters.Slices[index], weightDecays[index], rateScales.IsEmpty ? 1 : rateScales[index], _isTrained[index]);
        kernel.Run();
    }
}
