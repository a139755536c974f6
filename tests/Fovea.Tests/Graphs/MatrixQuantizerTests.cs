using Fovea.Checkpoints;
using Fovea.Graphs;

namespace Fovea.Tests.Graphs;

public class MatrixQuantizerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(65, 130)]
    [InlineData(3, 200)]
    public void Each_weight_is_off_by_half_a_step_at_most(int outputs, int inputs)
    {
        Random random = new(7);
        float[] weight = [.. Enumerable.Range(0, outputs * inputs).Select(_ => random.NextSingle() - 0.5f)];
        QuantizedMatrix matrix = MatrixQuantizer.Quantize(new Weight(new TensorShape(outputs, inputs), weight), 127);
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                float back = matrix.Values.Span[input * outputs + output] * matrix.Scales.Span[output];
                // Half a step, and the rounding of scale and product to 24 bits.
                Assert.Equal(weight[output * inputs + input], back, 0.5001f * matrix.Scales.Span[output]);
            }
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(64)]
    public void The_largest_weight_of_each_output_takes_the_whole_range(int largest)
    {
        float[] weight = [0.5f, -2, 1, 1e-3f, 2e-3f, -1e-4f];
        QuantizedMatrix matrix = MatrixQuantizer.Quantize(new Weight(new TensorShape(2, 3), weight), largest);
        Assert.Equal(-largest, matrix.Values.Span[1 * 2 + 0]);
        Assert.Equal(largest, matrix.Values.Span[1 * 2 + 1]);
    }

    [Fact]
    public void An_output_without_weights_stays_nothing()
    {
        QuantizedMatrix matrix = MatrixQuantizer.Quantize(new Weight(new TensorShape(1, 2), new float[2]), 127);
        Assert.Equal([0, 0], matrix.Values.ToArray());
        Assert.Equal([1f], matrix.Scales.ToArray());
    }

    [Fact]
    public void A_weight_that_is_no_number_is_not_hidden()
    {
        QuantizedMatrix matrix = MatrixQuantizer.Quantize(new Weight(new TensorShape(2, 2), new float[] { 1, float.NaN, 1, 2 }), 127);
        Assert.True(float.IsNaN(matrix.Scales.Span[0]));
        Assert.Equal(2f / 127, matrix.Scales.Span[1]);
    }
}
