using Fovea.Tasks;
using FsCheck.Xunit;

namespace Fovea.Tests.Tasks;

public class ClassProbabilitiesTests
{
    [Fact]
    public void Softmax_is_that_of_the_formula() => Check([0.09003057317038046, 0.24472847105479764, 0.6652409557748219], Softmax(1, 2, 3), 1e-15);

    [Fact]
    public void Large_logits_do_not_overflow() => Check([0.11920292202211755, 0.8807970779778823], Softmax(30_000, 30_002), 1e-15);

    [Fact]
    public void Class_that_is_ruled_out_has_no_probability() => Assert.Equal([0.5, 0, 0.5], Softmax(4, float.NegativeInfinity, 4));

    [Theory]
    [InlineData(1f, float.NaN, 3f)]
    [InlineData(1f, float.PositiveInfinity, 3f)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity)]
    public void Logits_that_are_no_numbers_leave_none(params float[] logits) => Assert.All(Softmax(logits), probability => Assert.True(double.IsNaN(probability)));

    [Property]
    public void Probabilities_add_up_to_one_and_keep_the_order_of_the_logits(float[] logits)
    {
        float[] finite = [.. logits.Where(float.IsFinite), 0];
        double[] probabilities = Softmax(finite);
        Assert.Equal(1, probabilities.Sum(), 1e-9);
        int[] byLogit = [.. Enumerable.Range(0, finite.Length).OrderByDescending(index => finite[index])];
        Assert.All(byLogit.Zip(byLogit[1..]), pair => Assert.True(probabilities[pair.First] >= probabilities[pair.Second]));
    }

    private static double[] Softmax(params float[] logits)
    {
        double[] probabilities = new double[logits.Length];
        ClassProbabilities.AddSoftmax(logits, probabilities);
        return probabilities;
    }

    private static void Check(double[] expected, double[] found, double tolerance) => Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
