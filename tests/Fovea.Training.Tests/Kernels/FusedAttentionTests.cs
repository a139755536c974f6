using Fovea.Tests.Graphs;
using Fovea.Training.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Tests.Kernels;

public class FusedAttentionTests
{
    private const int Batch = 3, Heads = 2;

    /// <summary>Tokens around the sizes of tiles (12 and 32) and vectors (16).</summary>
    [Theory]
    [InlineData(1, 16, 0)]
    [InlineData(12, 16, 0)]
    [InlineData(13, 32, 0)]
    [InlineData(32, 48, 0)]
    [InlineData(33, 64, 0)]
    [InlineData(92, 32, 56)]
    [InlineData(68, 80, 67)]
    public void Output_and_gradient_equal_the_formula_in_float32(int tokens, int headSize, int first) =>
        Check(ScalarType.Float32, tokens, headSize, first, new Tolerance(2e-6, 0));                              // a hundred terms of 1/100 each

    /// <summary>Sums are float32 inside, so that only the last rounding to 8 bits shows.</summary>
    [Theory]
    [InlineData(13, 32, 0)]
    [InlineData(92, 32, 56)]
    [InlineData(60, 64, 0)]
    public void Output_and_gradient_equal_the_formula_in_bfloat16(int tokens, int headSize, int first) => Check(ScalarType.BFloat16, tokens, headSize, first, new Tolerance(2e-3, 1.0 / 128));

    [Fact]
    public void Without_gradients_the_output_is_the_same()
    {
        KernelCheck.SkipWithoutAvx512();
        using DisposeScope scope = NewDisposeScope();
        Tensor joined = KernelCheck.Input(ScalarType.Float32, Batch, 20, 3 * Heads * 16);
        Tensor expected = FusedAttention.Attend(joined, Heads, first: 3);
        using IDisposable frozen = no_grad();
        KernelCheck.Same("output", expected, FusedAttention.Attend(joined, Heads, first: 3), default);
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(32, true)]
    public void Heads_that_are_no_multiple_of_a_vector_are_refused(int headSize, bool isTaken)
    {
        KernelCheck.SkipWithoutAvx512();
        using Tensor joined = zeros(1, 4, 3 * Heads * headSize);
        Assert.Equal(isTaken, FusedAttention.Takes(joined, Heads));
    }

    private static void Check(ScalarType type, int tokens, int headSize, int first, Tolerance tolerance)
    {
        KernelCheck.SkipWithoutAvx512();
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(tokens);
        Tensor joined = KernelCheck.Input(type, Batch, tokens, 3 * Heads * headSize), exact = KernelCheck.Exact(joined), gradient = KernelCheck.Input(type, Batch, tokens - first, Heads * headSize).detach();
        Tensor found = FusedAttention.Attend(joined, Heads, first), expected = Formula(exact, first);
        KernelCheck.Same("output", expected, found, tolerance);
        found.backward([gradient]);
        expected.backward([gradient.to(ScalarType.Float64)]);
        KernelCheck.Same("gradient", exact.grad!, joined.grad!, tolerance);
    }

    // Vaswani et al. 2017, eq. 1.
    private static Tensor Formula(Tensor joined, int first)
    {
        long tokens = joined.shape[1], width = joined.shape[2] / 3;
        Tensor[] parts = joined.view(Batch, tokens, 3, Heads, width / Heads).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor scores = parts[0].narrow(2, first, tokens - first).matmul(parts[1].transpose(-2, -1)) / Math.Sqrt(width / Heads);
        return Functional.softmax(scores, -1).matmul(parts[2]).transpose(1, 2).reshape(Batch, tokens - first, width);
    }
}
