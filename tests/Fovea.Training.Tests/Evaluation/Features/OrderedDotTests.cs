using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Features;

public class OrderedDotTests
{
    [Fact]
    public void Vectors_give_the_bits_of_the_definition_at_every_length()
    {
        for (int length = 0; length < 200; length++)
        {
            float[] a = DrawnFeatures.Normal(length, 1), b = DrawnFeatures.Normal(length, 2);
            double[] wideA = [.. a.Select(value => value / 3.0)], wideB = [.. b.Select(value => value / 3.0)];
            Assert.Equal(OrderedDot.Scalar([.. a.Select(value => (double)value)], [.. b.Select(value => (double)value)]), OrderedDot.Of(a, b));
            Assert.Equal(OrderedDot.Scalar(wideA, wideB), OrderedDot.Of(wideA, wideB));
        }
    }

    [Fact]
    public void Sum_is_the_dot_product()
    {
        float[] a = DrawnFeatures.Normal(777, 1), b = DrawnFeatures.Normal(777, 2);
        Assert.Equal(a.Zip(b).Sum(pair => (double)pair.First * pair.Second), OrderedDot.Of(a, b), 1e-10);      // 777 roundings of numbers below 100
    }
}
