using Fovea.Training.Kernels;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>Layer norm or RMS norm over the last axis, in float32.</summary>
internal sealed class Norm(ParameterScope parameters, NormType type, double epsilon)
{
    private readonly Tensor _weight = parameters["weight"];
    private readonly Tensor? _bias = parameters.Find("bias");

    public Tensor Forward(Tensor x) => type == NormType.RmsNorm
        ? TorchScripts.RmsNorm(x.to(_weight.dtype), _weight, epsilon)
        : Functional.layer_norm(x.to(_weight.dtype), [_weight.shape[0]], _weight, _bias, epsilon);

    /// <summary>The norm of a residual stream.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="output">The type of the result: what its reader multiplies in.</param>
    /// <returns>The stream with its addition made, and its norm.</returns>
    public (Tensor Sum, Tensor Normalised) Forward(Residual x, ScalarType output)
    {
        if (ResidualNorm.Takes(x.Stream) && (x.Added is null || x.Added.dtype == output)) return ResidualNorm.Add(x.Stream, x.Added, _weight, _bias, new NormOptions(type == NormType.LayerNorm, (float)epsilon, output));
        Tensor sum = x.Sum;
        return (sum, Forward(sum).to(output));
    }
}
