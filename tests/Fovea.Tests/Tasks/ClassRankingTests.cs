using Fovea.Networks;
using Fovea.Tasks;
using FsCheck.Xunit;

namespace Fovea.Tests.Tasks;

public class ClassRankingTests
{
    [Property]
    public void Ranks_fall_and_equal_probabilities_keep_the_order_of_their_indices(byte[] levels)
    {
        double[] probabilities = [.. levels.Select(level => level % 5 / 4.0)];             // few levels: many are equal
        ClassProbability[] classes = Ranking(levels.Length).Rank(probabilities, "a.png");
        Assert.Equal(probabilities.Index().OrderByDescending(pair => pair.Item).Select(pair => (pair.Index, pair.Item)), classes.Select(found => (found.Index, found.Probability)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void One_probability_that_is_no_number_is_enough_to_refuse_the_picture(int place)
    {
        double[] probabilities = [0.2, 0.3, 0.5];
        probabilities[place] = double.NaN;
        Assert.StartsWith("a.png: ", Assert.Throws<ImageException>(() => Ranking(3).Rank(probabilities, "a.png")).Message, StringComparison.Ordinal);
    }

    private static ClassRanking Ranking(int classes) => new(new ModelDescription
    {
        Network = "vit_t32",
        Config = NamedNetworks.Get("vit_t32"),
        ImageSize = ImageSize.Square(32),
        Channels = ChannelStatistics.Birder,
        Outputs = classes,
    });
}
