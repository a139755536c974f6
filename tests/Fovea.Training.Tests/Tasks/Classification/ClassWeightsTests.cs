using Fovea.Training.Tasks;

namespace Fovea.Training.Tests.Tasks;

public class ClassWeightsTests
{
    /// <summary>10 pictures of 3 classes, 6, 4 and none: 10 / (3 * 6), 10 / (3 * 4), 0.</summary>
    [Fact]
    public void Balanced_weights_are_pictures_over_classes_times_count() =>
        Assert.Equal([10.0 / 18, 10.0 / 12, 0], ClassWeights.Of(ClassWeighting.Balanced, [6, 4, 0]));

    [Fact]
    public void Root_weights_have_a_mean_of_1_and_the_ratio_of_the_roots()
    {
        double[] weights = ClassWeights.Of(ClassWeighting.Sqrt, [4, 1]);
        Assert.Equal(2, weights[1] / weights[0], 12);
        Assert.Equal(1, weights.Average(), 12);
    }

    [Fact]
    public void Effective_weights_follow_the_effective_number_of_samples()
    {
        double[] weights = ClassWeights.Of(ClassWeighting.Effective, [1, 2, 0]);
        Assert.Equal((1 - 0.999 * 0.999) / (1 - 0.999), weights[0] / weights[1], 12);
        Assert.Equal((1, 0.0), (weights[..2].Average(), weights[2]));
    }

    [Fact]
    public void Without_weighting_every_class_that_has_pictures_counts_alike() => Assert.Equal([1, 1, 0], ClassWeights.Of(ClassWeighting.None, [5, 1, 0]));
}
