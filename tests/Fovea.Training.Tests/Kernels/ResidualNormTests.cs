using Fovea.Tests.Graphs;
using Fovea.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Kernels;

public class ResidualNormTests
{
    private const double Epsilon = 1e-3;                                           // large, so that it shows

    public static TheoryData<bool, bool, bool, bool> AllCases => [.. Enumerable.Range(0, 16).Select(bits => ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0))];

    /// <summary>300 tokens are more than two chunks.</summary>
    [Theory]
    [MemberData(nameof(AllCases))]
    public void Sum_norm_and_gradients_equal_the_formula(bool isCentred, bool isAdded, bool isRounded, bool usesSum)
    {
        KernelCheck.SkipWithoutAvx512();
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(5);
        ScalarType type = isRounded ? ScalarType.BFloat16 : ScalarType.Float32;
        Tensor stream = KernelCheck.Input(ScalarType.Float32, 3, 100, 48), weight = KernelCheck.Input(ScalarType.Float32, 48);
        Tensor? added = isAdded ? KernelCheck.Input(type, 3, 100, 48) : null, bias = isCentred ? KernelCheck.Input(ScalarType.Float32, 48) : null;
        Tensor normGradient = KernelCheck.Input(type, 3, 100, 48).detach(), sumGradient = KernelCheck.Input(ScalarType.Float32, 3, 100, 48).detach();
        Tensor[] inputs = [.. new[] { stream, added, weight, bias }.OfType<Tensor>()], exact = [.. inputs.Select(KernelCheck.Exact)];

        (Tensor sum, Tensor normalised) = ResidualNorm.Add(stream, added, weight, bias, new NormOptions(isCentred, (float)Epsilon, type));
        Tensor exactSum = isAdded ? exact[0] + exact[1] : exact[0];
        Tensor expected = Formula(exactSum, exact[isAdded ? 2 : 1], bias is null ? null : exact[^1], isCentred);

        // 48 or 300 terms of about 1, each off by 2^-24; results in bfloat16 by 2^-9 of themselves.
        Tolerance single = new(1e-4, 1e-6), result = isRounded ? new(1e-4, 1.0 / 256) : new(5e-6, 1e-6);
        KernelCheck.Same("sum", exactSum, sum, new(1e-6, 0));
        KernelCheck.Same("norm", expected, normalised, result);
        Run(usesSum && isAdded ? [normalised, sum] : [normalised], [normGradient, sumGradient]);
        Run(usesSum && isAdded ? [expected, exactSum] : [expected], [normGradient.to(ScalarType.Float64), sumGradient.to(ScalarType.Float64)]);
        for (int index = 0; index < inputs.Length; index++) KernelCheck.Same($"gradient {index}", exact[index].grad!, inputs[index].grad!, inputs[index].dtype == ScalarType.BFloat16 ? new(1e-4, 1.0 / 256) : single);
    }

    [Fact]
    public void Gradient_reaches_what_is_added_where_stream_and_norm_are_frozen()
    {
        KernelCheck.SkipWithoutAvx512();
        using DisposeScope scope = NewDisposeScope();
        Tensor stream = randn(2, 5, 32), weight = ones(32), added = randn(2, 5, 32, requires_grad: true), same = added.detach().requires_grad_();
        (Tensor sum, Tensor normalised) = ResidualNorm.Add(stream, added, weight, bias: null, new NormOptions(IsCentred: false, (float)Epsilon, ScalarType.Float32));
        (sum + normalised.square()).sum().backward();
        Tensor expected = stream + same;
        (expected + Formula(expected, weight, bias: null, isCentred: false).square()).sum().backward();
        KernelCheck.Same("gradient", same.grad!, added.grad!, new(1e-5, 1e-6));
    }

    private static void Run(Tensor[] outputs, Tensor[] gradients) => autograd.backward(outputs, gradients[..outputs.Length]);

    private static Tensor Formula(Tensor x, Tensor weight, Tensor? bias, bool isCentred)
    {
        Tensor centred = isCentred ? x - x.mean([-1], keepdim: true) : x;
        Tensor scaled = centred / (centred.square().mean([-1], keepdim: true) + Epsilon).sqrt() * weight;
        return bias is null ? scaled : scaled + bias;
    }
}
