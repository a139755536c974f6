using Fovea.Training.Tensors;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Tasks;

/// <summary>
/// The loss of a classifier as a sum over pictures and the number that makes a mean of it, so that a batch can be divided among threads: the mean is over the
/// whole batch, whoever adds up which part.
/// </summary>
internal sealed class ClassLoss : IDisposable
{
    private readonly ClassLossSettings _settings;
    private readonly double[]? _weights;
    private readonly Tensor? _classWeights;                                        // [classes]

    /// <param name="settings">Which loss.</param>
    /// <param name="classes">Outputs of the head.</param>
    /// <param name="weights">The weight of each class; null: 1.</param>
    /// <param name="type">What the logits are in.</param>
    /// <param name="device">Where they are; null: the processor.</param>
    /// <exception cref="ArgumentException">The settings exclude each other.</exception>
    public ClassLoss(ClassLossSettings settings, int classes, double[]? weights = null, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        settings.Check();
        (_settings, Classes, _weights) = (settings, classes, weights);
        if (weights is not null) _classWeights = tensor(weights).to(type).to(device ?? CPU).DetachFromDisposeScope();
    }

    /// <summary>Outputs of the head.</summary>
    public int Classes { get; }

    /// <summary>Labels as shares of classes, [pictures, classes], float32: 1 for the right one.</summary>
    public Tensor OneHot(IReadOnlyList<int> labels)
    {
        float[] shares = new float[labels.Count * Classes];
        for (int picture = 0; picture < labels.Count; picture++) shares[picture * Classes + labels[picture]] = 1;
        return tensor(shares, [labels.Count, Classes]);
    }

    /// <summary>What the sum over a batch is divided by. With class weights that of labels is the sum of their weights, that of mixed targets the number of pictures, as in the reference's framework.</summary>
    /// <param name="labels">Classes of the batch.</param>
    /// <param name="isMixed">Whether its targets are mixed.</param>
    public double Divisor(IReadOnlyList<int> labels, bool isMixed)
    {
        if (_settings.Kind == ClassLossKind.Binary) return (double)labels.Count * Classes;
        return _weights is null || isMixed ? labels.Count : labels.Sum(label => _weights[label]);
    }

    /// <summary>The sum over pictures: of cross-entropy `-w_c t_c log p_c` over classes c with smoothed targets `t = (1 - e) target + e / C`; of binary cross-entropy over pictures and classes.</summary>
    /// <param name="logits">[pictures, classes].</param>
    /// <param name="targets">[pictures, classes], shares that sum to 1.</param>
    public Tensor Sum(Tensor logits, Tensor targets)
    {
        if (_settings.Kind == ClassLossKind.Binary) return Functional.binary_cross_entropy_with_logits(logits, IsRight(targets).to(logits.dtype), reduction: nn.Reduction.Sum);
        Tensor smoothed = targets.to(logits.dtype);
        if (_settings.Smoothing > 0) smoothed = smoothed.Times(1 - _settings.Smoothing).Plus(_settings.Smoothing / Classes);
        Tensor terms = smoothed * Functional.log_softmax(logits, 1);
        return (_classWeights is null ? terms : terms * _classWeights).sum().neg();
    }

    public void Dispose() => _classWeights?.Dispose();

    private Tensor IsRight(Tensor targets)
    {
        using Tensor threshold = tensor((float)_settings.BinaryThreshold, device: targets.device);
        return targets.gt(threshold);
    }
}
