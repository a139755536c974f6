using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Randomness;

public class RandomStreamTests
{
    [Fact]
    public void Stream_is_a_function_of_seed_purpose_time_and_place()
    {
        uint[][] streams =
        [
            Draw(new RandomStream(1, RandomPurpose.Augmentation, 2, 3)),
            Draw(new RandomStream(2, RandomPurpose.Augmentation, 2, 3)),
            Draw(new RandomStream(1, RandomPurpose.MaskPlaces, 2, 3)),
            Draw(new RandomStream(1, RandomPurpose.Augmentation, 3, 3)),
            Draw(new RandomStream(1, RandomPurpose.Augmentation, 2, 4)),
            Draw(new RandomStream(1, RandomPurpose.Augmentation, 2, 3 + (1L << 32))),
        ];
        Assert.Equal(streams[0], Draw(new RandomStream(1, RandomPurpose.Augmentation, 2, 3)));
        Assert.Equal(streams.Length * streams[0].Length, streams.SelectMany(stream => stream).Distinct().Count());
    }

    /// <summary>Chi-square over 7 cells, 6 degrees of freedom: 22.5 is passed once in a thousand streams; this one is fixed.</summary>
    [Fact]
    public void Integers_are_uniform()
    {
        RandomStream random = new(5, RandomPurpose.EpochOrder);
        int[] counts = new int[7];
        const int Draws = 70_000;
        for (int draw = 0; draw < Draws; draw++) counts[random.NextInteger(counts.Length)]++;
        double expected = Draws / (double)counts.Length;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 0, 22.5);
    }

    [Fact]
    public void Normals_have_mean_0_and_deviation_1()
    {
        RandomStream random = new(7, RandomPurpose.Initialization);
        double[] values = new double[100_000];
        for (int index = 0; index < values.Length; index++) values[index] = random.NextNormal();
        Assert.InRange(values.Average(), -0.015, 0.015);
        Assert.InRange(values.Average(value => value * value), 0.98, 1.02);
    }

    [Fact]
    public void Shuffle_keeps_every_value_and_changes_the_order()
    {
        int[] values = [.. Enumerable.Range(0, 100)];
        RandomStream random = new(1, RandomPurpose.EpochOrder, time: 4);
        random.Shuffle<int>(values);
        Assert.NotEqual(Enumerable.Range(0, 100), values);
        Assert.Equal(Enumerable.Range(0, 100), values.Order());
    }

    private static uint[] Draw(RandomStream stream)
    {
        uint[] values = new uint[10];
        for (int index = 0; index < values.Length; index++) values[index] = stream.NextBits();
        return values;
    }
}
