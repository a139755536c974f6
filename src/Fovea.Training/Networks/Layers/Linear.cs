using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>`x W^T + b`, computed and returned in the weight's own type: bfloat16 weights make a bfloat16 product.</summary>
internal sealed class Linear(ParameterScope parameters)
{
    private readonly Tensor _weight = parameters["weight"];                        // [outputs, inputs]
    private readonly Tensor? _bias = parameters.Find("bias");

    public Tensor Forward(Tensor x) => Functional.linear(x.to(_weight.dtype), _weight, _bias);

    /// <summary>Some of the outputs only: <paramref name="count"/> from <paramref name="first"/> on.</summary>
    public Tensor Forward(Tensor x, long first, long count) =>
        Functional.linear(x.to(_weight.dtype), _weight.narrow(0, first, count), _bias?.narrow(0, first, count));
}
