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
}
