using Fovea.Networks;
using Fovea.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Optimization;

public class GradientKernelTests
{
    /// <summary>Sizes that are no multiples of a vector; values that float32 adds exactly.</summary>
    [Fact]
    public void Matrices_come_from_the_rounded_buffers_and_all_else_from_the_exact_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        ParameterSlice matrix = new(new Parameter("matrix", new TensorShape(5, 7)), 0, IsProduct: true), vector = new(new Parameter("vector", new TensorShape(37)), 48, IsProduct: false);
        Tensor gradients = ones(96), exact = Counting(96, ScalarType.Float32, 1), first = Counting(96, ScalarType.BFloat16, 2), second = Counting(96, ScalarType.BFloat16, 4);
        GradientKernel.Collect([matrix, vector], gradients, [exact], [first, second]);
        float[] found = gradients.data<float>().ToArray();
        for (int index = 0; index < 96; index++)
        {
            float expected = index < 35 ? 1 + 6 * (index % 8) : index is >= 48 and < 85 ? 1 + index % 8 : 1;
            Assert.Equal(expected, found[index]);
        }
        Assert.Equal(0, first.narrow(0, 0, 35).abs().sum().ToDouble());
        Assert.Equal(0, second.narrow(0, 0, 35).abs().sum().ToDouble());
        Assert.Equal(0, exact.narrow(0, 48, 37).abs().sum().ToDouble());
    }

    private static Tensor Counting(int count, ScalarType type, float factor) => tensor(Enumerable.Range(0, count).Select(index => factor * (index % 8)).ToArray()).to(type);
}
