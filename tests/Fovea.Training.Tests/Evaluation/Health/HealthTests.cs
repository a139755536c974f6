using Fovea.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Evaluation.Health;

/// <summary>Measures of collapse on features whose answer is known.</summary>
public class HealthTests
{
    // p = share + 1e-7 for each direction: of 8 directions that moves the rank by 8e-7 * ln 8 and the empty ones add 1e-7 * 16 each.
    private const double EpsilonOfShares = 1e-4;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void RankMe_counts_directions_of_equal_strength(int directions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = zeros(40, 8);
        for (int row = 0; row < 40; row++) if (row % 8 < directions) features[row, row % 8] = 3f;
        Assert.Equal(directions, EffectiveRank.RankMe(features), EpsilonOfShares);
    }

    [Fact]
    public void RankMe_is_the_exponential_of_the_entropy_of_the_singular_values()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(Math.Exp(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25))), EffectiveRank.RankMe(diag(tensor([3f, 1f]))), EpsilonOfShares);
        Assert.Equal(0, EffectiveRank.RankMe(zeros(3, 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Lidar_counts_directions_in_which_samples_differ_and_views_do_not(int directions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = zeros(64, 3, 6);
        for (int sample = 0; sample < 64; sample++)
        {
            for (int direction = 0; direction < directions; direction++) features[sample, TensorIndex.Colon, direction] = (sample >> direction & 1) == 1 ? 1f : -1f;
            for (int view = 0; view < 3; view++) features[sample, view, 5] = view - 1f;                         // views differ here, samples do not
        }
        Assert.Equal(directions, EffectiveRank.Lidar(features), EpsilonOfShares);
    }

    [Fact]
    public void Lidar_of_samples_that_do_not_differ_is_zero()
    {
        using Tensor features = ones(4, 3, 2);
        Assert.Equal(0, EffectiveRank.Lidar(features));
    }

    [Fact]
    public void Lidar_needs_views() => Assert.Throws<ArgumentException>(() => EffectiveRank.Lidar(ones(4, 2)));

    [Fact]
    public void Mean_cosine_is_that_of_all_pairs()
    {
        using Tensor vectors = tensor(DrawnFeatures.Normal(2 * 5 * 4, 1), [2, 5, 4]);
        double sum = 0;
        for (int group = 0; group < 2; group++)
        {
            for (int one = 0; one < 5; one++)
            {
                for (int other = 0; other < 5; other++)
                {
                    if (one != other) sum += nn.functional.cosine_similarity(vectors[group, one].to(float64), vectors[group, other].to(float64), 0).ToDouble();
                }
            }
        }
        Assert.Equal(sum / 40, MeanCosine.WithinGroups(vectors), 1e-12);
    }

    [Fact]
    public void Embeddings_that_are_all_the_same_are_reported_as_collapsed()
    {
        using Tensor same = ones(10, 4);
        EmbeddingHealth health = EmbeddingHealth.Of(same);
        Assert.Equal(10, health.Samples);
        Assert.Equal(0, health.StandardDeviation);
        Assert.Equal(1, health.MeanCosine, 1e-12);
        Assert.Equal(1, health.EffectiveRank, EpsilonOfShares);
    }

    [Fact]
    public void Embeddings_of_independent_normals_are_healthy()
    {
        EmbeddingHealth health = EmbeddingHealth.Of(DrawnFeatures.Clouds(4000, 16, 2, 0, 1));
        Assert.Equal(1, health.StandardDeviation, 0.01);
        Assert.Equal(0, health.MeanCosine, 0.005);
        Assert.InRange(health.EffectiveRank, 15.9, 16);
    }

    [Fact]
    public void Health_of_one_picture_is_no_question() => Assert.Throws<ArgumentException>(() => EmbeddingHealth.Of(ones(1, 4)));

    [Fact]
    public void Target_variance_is_one_less_the_squared_mean_token_for_layer_normed_targets()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor targets = nn.functional.layer_norm(tensor(DrawnFeatures.Normal(3 * 7 * 32, 1), [3, 7, 32]), [32], eps: 0);
        double expected = 1 - targets.mean([0, 1]).square().sum().ToDouble() / 32;
        Assert.Equal(expected, TargetHealth.Of(targets).Variance, 1e-6);                                        // float32 of the layer norm
    }

    [Fact]
    public void Constant_loss_is_smooth_l1_against_the_mean_of_each_channel()
    {
        using Tensor targets = tensor([0f, 10, 1, 14], [2, 1, 2]);                                              // deviations 0.5 and 2
        Assert.Equal((0.125 + 1.5) / 2, TargetHealth.Of(targets).ConstantLoss, 1e-12);
    }

    [Fact]
    public void Cosines_tell_pictures_that_are_alike_from_positions_that_are_alike()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor positions = eye(4).unsqueeze(0).expand(3, 4, 4), pictures = eye(3).unsqueeze(1).expand(3, 4, 3);
        TargetHealth samePictures = TargetHealth.Of(positions), samePositions = TargetHealth.Of(pictures);
        Assert.Equal((1, 0), (samePictures.CosineBetweenPictures, samePictures.CosineBetweenPositions));
        Assert.Equal((0, 1), (samePositions.CosineBetweenPictures, samePositions.CosineBetweenPositions));
    }

    [Fact]
    public void One_picture_has_no_pairs_of_pictures() => Assert.True(double.IsNaN(TargetHealth.Of(eye(4).unsqueeze(0)).CosineBetweenPictures));
}
