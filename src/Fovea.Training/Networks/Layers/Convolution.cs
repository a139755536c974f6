using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>A convolution, computed and returned in the weight's own type; its picture is filled up with zeros so that a stride of 1 keeps its size.</summary>
/// <param name="parameters">`weight` [outputs, inputs, kernel, kernel] and, where it has one, `bias` [outputs].</param>
/// <param name="stride">Pixels from one output to the next.</param>
internal sealed class Convolution(ParameterScope parameters, int stride = 1)
{
    private readonly Tensor _weight = parameters["weight"];
    private readonly Tensor? _bias = parameters.Find("bias");

    /// <summary>[batch, inputs, rows, columns] to [batch, outputs, rows / stride, columns / stride], rounded up.</summary>
    public Tensor Forward(Tensor x)
    {
        long padding = _weight.shape[2] / 2;
        return Functional.conv2d(x.to(_weight.dtype), _weight, _bias, [stride, stride], [padding, padding]);
    }
}

/// <summary>A transposed convolution of 2 x 2 with stride 2: each pixel becomes four.</summary>
/// <param name="parameters">`weight` [inputs, outputs, 2, 2] and `bias` [outputs].</param>
internal sealed class Doubling(ParameterScope parameters)
{
    private readonly Tensor _weight = parameters["weight"], _bias = parameters["bias"];

    /// <summary>[batch, inputs, rows, columns] to [batch, outputs, 2 rows, 2 columns].</summary>
    public Tensor Forward(Tensor x) => Functional.conv_transpose2d(x.to(_weight.dtype), _weight, _bias, [2, 2]);
}
