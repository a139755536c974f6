using Fovea.Insight;

namespace Fovea.Tests.Insight;

public class ChannelSharesTests
{
    [Fact]
    public void Shares_are_those_of_the_sorted_squares()
    {
        Random random = new(2);
        for (int width = 1; width < 40; width++)
        {
            float[] token = [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5))];
            double[] squares = [.. token.Select(value => (double)value * value).OrderDescending()];
            ChannelShares shares = ChannelShares.Of(token);
            foreach ((int count, float share) in ((int, float)[])[(1, shares.One), (2, shares.Two), (4, shares.Four), (8, shares.Eight)])
            {
                Assert.Equal(squares.Take(count).Sum() / squares.Sum(), share, 1e-6);
            }
            Assert.Equal(Enumerable.Range(0, width).OrderByDescending(channel => Math.Abs(token[channel])).Take(4), shares.TopChannels(width));
        }
        Assert.Equal(0, ChannelShares.Of(new float[5]).One);
    }
}
