using Fovea.Training.Data;
using Fovea.Training.Randomness;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Data.Order;

public class WeightedOrderTests
{
    /// <summary>Of n positions a sample of weight w gets n w / sum of them, rounded down or up.</summary>
    [Property]
    public void Every_sample_comes_as_often_as_its_weight_says(ulong seed, byte samples, ushort positions)
    {
        RandomStream random = new(seed, RandomPurpose.Shapes);
        double[] weights = new double[samples + 1];
        for (int sample = 0; sample < weights.Length; sample++) weights[sample] = random.NextChance(0.2) && sample > 0 ? 0 : 0.1 + random.NextUniform();
        int count = positions % 2000 + 1;
        int[] times = Times(EpochOrder.Weighted(seed, 3, weights, count), weights.Length);
        double sum = weights.Sum();
        Assert.Equal(count, times.Sum());
        for (int sample = 0; sample < weights.Length; sample++)
        {
            double wanted = count * weights[sample] / sum;
            Assert.InRange(times[sample], Math.Floor(wanted - 1e-6), Math.Ceiling(wanted + 1e-6));
        }
    }

    [Fact]
    public void Order_is_a_function_of_seed_and_epoch()
    {
        double[] weights = [1, 2, 3, 0.5];
        Assert.Equal(Samples(EpochOrder.Weighted(1, 2, weights, 50)), Samples(EpochOrder.Weighted(1, 2, weights, 50)));
        Assert.NotEqual(Samples(EpochOrder.Weighted(1, 2, weights, 50)), Samples(EpochOrder.Weighted(1, 3, weights, 50)));
        Assert.NotEqual(Samples(EpochOrder.Weighted(1, 2, weights, 50)), Samples(EpochOrder.Weighted(2, 2, weights, 50)));
    }

    [Fact]
    public void Batches_of_a_loader_follow_the_weights()
    {
        using ShapePictures pictures = new(6, ImageSize.Square(8), seed: 1);
        LoadingOptions options = new() { Seed = 4, BatchSize = 6, Weights = [1, 0, 0, 0, 0, 5] };
        BatchLoader<int> loader = new(pictures, new LabelledSamples(pictures, new Augmenter(AugmentationRecipe.Birder(ImageSize.Square(8), level: 0))), options);
        foreach (TrainingBatch<int> batch in loader.Read().Take(4)) Assert.Equal([0, 5, 5, 5, 5, 5], batch.Samples.Order());
    }

    private static int[] Samples(EpochOrder order) => [.. Enumerable.Range(0, order.Count).Select(position => order[position])];

    private static int[] Times(EpochOrder order, int samples)
    {
        int[] times = new int[samples];
        foreach (int sample in Samples(order)) times[sample]++;
        return times;
    }
}
