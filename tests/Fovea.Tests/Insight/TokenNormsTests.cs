namespace Fovea.Tests.Insight;

/// <summary>The measure of outliers on norms whose truth is known.</summary>
public class TokenNormsTests
{
    private const int Pictures = 50, Patches = 196;

    [Fact]
    public void Outliers_that_were_put_in_are_found_with_their_share()
    {
        ReadOnlyMemory<float>[] norms = Drawn(share: 0.02, out double true_);
        TokenNorms found = TokenNorms.Of(norms);
        Assert.InRange(found.Cutoff, 80, 200);
        Assert.Equal(OutlierVerdict.Present, found.Verdict(found.Cutoff));
        Assert.Equal(true_, found.ShareAbove(found.Cutoff), 0.001);
        (double low, double high) = found.Interval(found.Cutoff);
        Assert.InRange(found.ShareAbove(found.Cutoff), low, high);
        Assert.InRange(found.Ratio(found.Cutoff), 9, 11);
        Assert.True(found.LargestGap().IsTwoGroups);
        Assert.True(found.Shape().Skewness > 2);
    }

    [Fact]
    public void Without_them_there_are_none()
    {
        TokenNorms found = TokenNorms.Of(Drawn(share: 0, out _));
        Assert.Equal(OutlierVerdict.None, found.Verdict(found.Cutoff));
        Assert.Equal(0, found.ShareAbove(found.Cutoff));
        Assert.False(found.LargestGap().IsTwoGroups);
        Assert.True(double.IsNaN(found.Ratio(found.Cutoff)));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1000)]
    public void Scaling_all_tokens_changes_no_share(float scale)
    {
        ReadOnlyMemory<float>[] norms = Drawn(share: 0.02, out _);
        ReadOnlyMemory<float>[] scaled = [.. norms.Select(picture => (ReadOnlyMemory<float>)picture.ToArray().Select(norm => scale * norm).ToArray())];
        TokenNorms one = TokenNorms.Of(norms), other = TokenNorms.Of(scaled);
        Assert.Equal(one.ShareAbove(one.Cutoff), other.ShareAbove(other.Cutoff));
        Assert.Equal(one.CountsAbove(one.Cutoff), other.CountsAbove(other.Cutoff));
        Assert.Equal(one.LargestGap().Gap, other.LargestGap().Gap, 1e-5);         // a float32 norm has 24 bits
    }

    [Fact]
    public void Norms_are_euclidean()
    {
        Assert.Equal([5, 13, 0], TokenNorms.Of([3, 4, 5, 12, 0, 0], 2));
        Assert.Equal(1e30f, TokenNorms.Of([1e30f, 0], 2)[0]);                      // squares in double do not overflow
    }

    [Fact]
    public void Median_of_an_even_count_is_the_mean_of_the_middle()
    {
        TokenNorms norms = TokenNorms.Of([new float[] { 4, 1 }, new float[] { 2, 8 }]);
        Assert.Equal(3, norms.Median);
        Assert.Equal(1.4826 * 1.5, norms.Madn, 1e-12);
        Assert.Equal(8, norms.Quantile(1));
        Assert.Equal(0.25, norms.ShareAbove(4));
    }

    [Fact]
    public void No_token_at_all_is_refused() => Assert.Throws<ArgumentException>(() => TokenNorms.Of([]));

    private static ReadOnlyMemory<float>[] Drawn(double share, out double found)
    {
        Random random = new(11);
        int outliers = 0;
        ReadOnlyMemory<float>[] pictures = [.. Enumerable.Range(0, Pictures).Select(_ => (ReadOnlyMemory<float>)Enumerable.Range(0, Patches).Select(_ =>
        {
            if (random.NextDouble() >= share) return (float)(40 + 4 * Normal());
            outliers++;
            return (float)(400 + 40 * Normal());
        }).ToArray())];
        found = (double)outliers / (Pictures * Patches);
        return pictures;

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
