using Fovea.Training.Data;
using FsCheck;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Data.Order;

public class EpochOrderTests
{
    [Property]
    public void Every_picture_comes_exactly_as_often_as_the_whole_part_of_its_factor_or_once_more(ulong seed, byte epoch, PositiveInt first, PositiveInt second)
    {
        SourceShare[] sources = [new("a", 0, first.Get, 1.5), new("b", first.Get, second.Get, 2.25), new("c", first.Get + second.Get, 7, 0)];
        int[] times = Times(EpochOrder.Create(seed, epoch, sources), sources.Sum(source => source.Pictures));
        foreach (SourceShare source in sources)
        {
            int[] own = times[source.First..(source.First + source.Pictures)];
            Assert.All(own, count => Assert.InRange(count, source.WholeTimes, source.WholeTimes + (source.Extra > 0 ? 1 : 0)));
            Assert.Equal(source.PerEpoch, own.Sum());
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(1.5, 15)]
    [InlineData(0.25, 2)]                                   // 2.5, halves to even
    [InlineData(1.1, 11)]
    public void Factor_gives_so_many_pictures_of_ten(double factor, int pictures) => Assert.Equal(pictures, new SourceShare("a", 0, 10, factor).PerEpoch);

    [Fact]
    public void Order_is_a_function_of_seed_and_epoch()
    {
        SourceShare[] sources = [new("a", 0, 1000, 1.5)];
        int[] Order(ulong seed, long epoch) => Samples(EpochOrder.Create(seed, epoch, sources));
        Assert.Equal(Order(3, 4), Order(3, 4));
        Assert.NotEqual(Order(3, 4), Order(3, 5));
        Assert.NotEqual(Order(3, 4), Order(4, 4));
    }

    [Fact]
    public void Fraction_of_a_factor_takes_other_pictures_in_each_epoch_and_all_in_the_end()
    {
        SourceShare[] sources = [new("a", 0, 40, 0.25)];
        int[][] epochs = [.. Enumerable.Range(0, 60).Select(epoch => Samples(EpochOrder.Create(1, epoch, sources)))];
        Assert.All(epochs, samples => Assert.Equal(10, samples.Distinct().Count()));
        Assert.Equal(40, epochs.SelectMany(samples => samples).Distinct().Count());
    }

    /// <summary>Chi-square over 24 orders of four pictures, 23 degrees of freedom: 49.7 is passed once in a thousand seeds; this one is fixed.</summary>
    [Fact]
    public void Every_order_has_the_same_chance()
    {
        const int Epochs = 24_000;
        SourceShare[] sources = [new("a", 0, 4, 1)];
        int[] counts = [.. Enumerable.Range(0, Epochs).GroupBy(epoch => string.Join(' ', Samples(EpochOrder.Create(9, epoch, sources)))).Select(group => group.Count())];
        Assert.Equal(24, counts.Length);
        Assert.InRange(counts.Sum(count => Math.Pow(count - Epochs / 24.0, 2) / (Epochs / 24.0)), 0, 49.7);
    }

    [Fact]
    public void Behind_the_last_position_comes_the_first_again()
    {
        EpochOrder order = EpochOrder.Create(1, 0, [new("a", 0, 5, 1)]);
        Assert.Equal(order[0], order[5]);
    }

    [Fact]
    public void Epoch_that_no_array_holds_is_refused_in_a_sentence()
    {
        string message = Assert.Throws<TrainingDataException>(() => EpochOrder.CountOf([new("a", 0, 1_000_000, 1e9)])).Message;
        Assert.Equal("An epoch would have 1,000,000,000,000,000 pictures, where 2,147,483,591 are the most; make the repeat factors of the sources smaller.", message);
    }

    private static int[] Samples(EpochOrder order) => [.. Enumerable.Range(0, order.Count).Select(position => order[position])];

    private static int[] Times(EpochOrder order, int samples)
    {
        int[] times = new int[samples];
        foreach (int sample in Samples(order)) times[sample]++;
        return times;
    }
}
