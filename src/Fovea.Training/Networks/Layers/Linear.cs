using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>`x W^T + b`, computed and returned in the weight's own type: bfloat16 weights make a bfloat16 product.</summary>
internal sealed class Linear(ParameterScope parameters)
{
    /// <summary>Numbers of an input that libtorch does not give to oneDNN when it has one picture.</summary>
    private const long SmallestConvolution = 20480;

    private readonly Tensor _weight = parameters["weight"];                        // [outputs, inputs]
    private readonly Tensor? _bias = parameters.Find("bias");

    /// <summary>What it multiplies in, and returns.</summary>
    public ScalarType Type => _weight.dtype;

    public Tensor Forward(Tensor x) => Product(x.to(_weight.dtype), _weight, _bias);

    /// <summary>Some of the outputs only: <paramref name="count"/> from <paramref name="first"/> on.</summary>
    public Tensor Forward(Tensor x, long first, long count) =>
        Product(x.to(_weight.dtype), _weight.narrow(0, first, count), _bias?.narrow(0, first, count));

    private static Tensor Product(Tensor x, Tensor weight, Tensor? bias) => IsFasterAsConvolution(x, weight) ? Convolution(x, weight, bias) : Functional.linear(x, weight, bias);

    // In float32 libtorch multiplies by MKL, which runs AVX2 kernels on AVX-512 processors that are not Intel's, but it convolves by oneDNN, which uses
    // what the processor has: twice as fast on Zen 5. In bfloat16 both are oneDNN's; the convolution saves a pass for the bias, its backward costs more.
    private static bool IsFasterAsConvolution(Tensor x, Tensor weight) =>
        Avx512F.IsSupported && x.device_type == DeviceType.CPU && x.numel() > SmallestConvolution && (x.dtype == ScalarType.Float32 || (x.dtype == ScalarType.BFloat16 && !weight.requires_grad));

    // All tokens become one column of pixels whose channels lie together. Dilation means nothing to a kernel of one pixel; it is there because libtorch,
    // on one thread, keeps kernels of one pixel from oneDNN unless they have one.
    private static Tensor Convolution(Tensor x, Tensor weight, Tensor? bias)
    {
        long inputs = weight.shape[1], outputs = weight.shape[0];
        Tensor pixels = x.reshape(1, -1, 1, inputs).permute(0, 3, 1, 2);           // [1, inputs, tokens, 1]
        Tensor result = Functional.conv2d(pixels, weight.view(outputs, inputs, 1, 1), bias, dilation: [1, 2]);
        return result.permute(0, 2, 3, 1).view([.. x.shape[..^1], outputs]);
    }
}
