using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Features;

public class HeldOutSplitTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 1)]
    [InlineData(100, 10)]
    [InlineData(1515, 152)]
    public void Tenth_and_rest_are_all_samples_once(int samples, int heldOut)
    {
        HeldOutSplit split = HeldOutSplit.Of(samples, seed: 3);
        Assert.Equal(heldOut, split.HeldOut.Count);
        Assert.Equal(Enumerable.Range(0, samples), split.Kept.Concat(split.HeldOut).Order());
    }

    [Fact]
    public void Split_is_a_function_of_the_seed()
    {
        Assert.Equal(HeldOutSplit.Of(1000, 3).HeldOut, HeldOutSplit.Of(1000, 3).HeldOut);
        Assert.NotEqual(HeldOutSplit.Of(1000, 3).HeldOut, HeldOutSplit.Of(1000, 4).HeldOut);
    }

    [Fact]
    public void One_sample_cannot_be_split() => Assert.Throws<EvaluationException>(() => HeldOutSplit.Of(1, 0));
}
