using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Whether the targets of I-JEPA still say something: cheap enough for every hundredth step, on the batch that is there.</summary>
/// <param name="Variance">Of each channel over pictures and positions, then the mean over channels; 1 - |mean token|^2 / width for layer-normed targets. Alarm below 0.1.</param>
/// <param name="ConstantLoss">
/// The loss of the best prediction that does not look: the mean of each channel, under smooth L1 with beta 1. A loss means something only beside it; alarm when it shrinks.
/// </param>
/// <param name="CosineBetweenPictures">Mean over pairs of pictures at the same position. Alarm towards 1. NaN for one picture.</param>
/// <param name="CosineBetweenPositions">Mean over pairs of positions in the same picture. Alarm towards 1. NaN for one position.</param>
internal sealed record TargetHealth(double Variance, double ConstantLoss, double CosineBetweenPictures, double CosineBetweenPositions)
{
    /// <summary>Measures targets.</summary>
    /// <param name="targets">[pictures, positions, width], layer-normed as the loss sees them; any float type.</param>
    /// <exception cref="ArgumentException">Not three dimensions, or none of one.</exception>
    public static TargetHealth Of(Tensor targets)
    {
        if (targets.dim() != 3 || targets.numel() == 0)
        {
            throw new ArgumentException($"targets are [pictures, positions, width]; not [{string.Join(", ", targets.shape)}].", nameof(targets));
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        Tensor values = targets.to(float64), deviations = values.Minus(values.mean([0, 1], keepdim: true));
        Tensor sizes = deviations.abs();
        double loss = where(sizes.lt(1), sizes.square() / 2, sizes - 0.5).mean().ToDouble();
        double pictures = values.shape[0] > 1 ? MeanCosine.WithinGroups(values.transpose(0, 1)) : double.NaN;
        double positions = values.shape[1] > 1 ? MeanCosine.WithinGroups(values) : double.NaN;
        return new(deviations.square().mean().ToDouble(), loss, pictures, positions);
    }
}
