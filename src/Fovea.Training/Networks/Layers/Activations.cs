using Fovea.Training.Tensors;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>The activations of a configuration, with the reference's constants.</summary>
internal static class Activations
{
    /// <param name="activation">Which.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="slope">PReLU's learned slope, [1]; null for all others.</param>
    public static Tensor Apply(this Activation activation, Tensor x, Tensor? slope = null) => activation switch
    {
        Activation.Identity => x,
        Activation.Relu => Functional.relu(x),
        Activation.Relu6 => Functional.relu6(x),
        Activation.LeakyRelu => Functional.leaky_relu(x, 0.01),
        Activation.Elu => Functional.elu(x, 1),
        Activation.PRelu => x.prelu(slope!.to(x.dtype)),
        Activation.Celu => Functional.celu(x, 1),
        Activation.Selu => Functional.selu(x),
        Activation.Gelu => Functional.gelu(x),
        Activation.GeluTanh => Functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        Activation.QuickGelu => x * sigmoid(x.Times(1.702)),
        Activation.Silu => Functional.silu(x),
        Activation.Mish => Functional.mish(x),
        Activation.Sigmoid => sigmoid(x),
        Activation.Tanh => tanh(x),
        Activation.HardSigmoid => Functional.hardsigmoid(x),
        Activation.HardSwish => Functional.hardswish(x),
        Activation.HardTanh => Functional.hardtanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "no such activation"),
    };
}
