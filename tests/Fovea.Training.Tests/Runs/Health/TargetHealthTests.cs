using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Health;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Runs.Health;

public class TargetHealthTests
{
    // Float32 sums of a few hundred numbers of size 1.
    private const double Tolerance = 1e-5;

    /// <summary>The definitions, pair by pair, in float64.</summary>
    [Fact]
    public void Figures_are_those_of_the_plain_definitions()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(7, CPU);
        Tensor tokens = nn.functional.layer_norm(randn([5, 6, 16], generator: random) + randn([1, 1, 16], generator: random), [16]);
        Tensor targets = randn([8, 3, 16], generator: random);
        TargetHealth health = TargetHealth.Of(new JepaOutputs(tensor(0.2f), zeros(8, 3, 16), targets, tokens));

        float[] x = [.. tokens.data<float>()];
        double[] Token(int picture, int position) => [.. x.AsSpan((picture * 6 + position) * 16, 16).ToArray().Select(value => (double)value)];
        double[][] all = [.. Enumerable.Range(0, 30).Select(index => Token(index / 6, index % 6))];
        double variance = Enumerable.Range(0, 16).Average(channel => Variance([.. all.Select(token => token[channel])]));
        double pictures = Mean(from position in Enumerable.Range(0, 6) from a in Enumerable.Range(0, 5) from b in Enumerable.Range(0, 5) where a != b select Cosine(Token(a, position), Token(b, position)));
        double positions = Mean(from picture in Enumerable.Range(0, 5) from a in Enumerable.Range(0, 6) from b in Enumerable.Range(0, 6) where a != b select Cosine(Token(picture, a), Token(picture, b)));

        Assert.Equal(variance, health.Variance, Tolerance);
        Assert.Equal(pictures, health.PictureCosine, Tolerance);
        Assert.Equal(positions, health.PositionCosine, Tolerance);
        Assert.Equal(ConstantLoss([.. targets.data<float>()], channels: 16), health.ConstantLoss, Tolerance);
        Assert.Equal(0.2 / health.ConstantLoss, health.LossRatio, Tolerance);
    }

    /// <summary>Spec: the variance equals 1 less the squared length of the mean token, divided by the width.</summary>
    [Fact]
    public void Variance_of_normalised_tokens_is_what_the_mean_token_leaves()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(3, CPU);
        Tensor tokens = nn.functional.layer_norm(randn([4, 9, 64], generator: random) + 2 * randn([1, 1, 64], generator: random), [64]);
        double expected = 1 - tokens.mean([0L, 1L]).square().sum().ToDouble() / 64;
        Assert.Equal(expected, Of(tokens).Variance, 1e-4);                     // the epsilon of layer norm
    }

    [Fact]
    public void Collapsed_targets_have_no_variance_and_a_cosine_of_1()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = nn.functional.layer_norm(randn([1, 1, 32]), [32]).expand(4, 9, 32);
        TargetHealth health = Of(tokens);
        Assert.Equal(0, health.Variance, Tolerance);
        Assert.Equal(1, health.PictureCosine, Tolerance);
        Assert.Equal(1, health.PositionCosine, Tolerance);
        Assert.Equal(0, health.ConstantLoss, Tolerance);
    }

    [Fact]
    public void Encoder_that_sees_only_positions_has_a_cosine_of_1_between_pictures_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(5, CPU);
        TargetHealth health = Of(nn.functional.layer_norm(randn([1, 64, 256], generator: random), [256]).expand(4, 64, 256));
        Assert.Equal(1, health.PictureCosine, Tolerance);
        Assert.InRange(health.PositionCosine, -0.1, 0.1);
    }

    [Fact]
    public void Single_picture_has_no_pair_to_compare()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(double.NaN, Of(randn(1, 9, 32)).PictureCosine);
    }

    [Fact]
    public void Measuring_leaves_no_tensor_and_no_gradient_behind()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = randn(2, 4, 8), targets = randn(2, 4, 8), loss = tensor(1f);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        TargetHealth.Of(new JepaOutputs(loss, targets, targets, tokens));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static TargetHealth Of(Tensor tokens) => TargetHealth.Of(new JepaOutputs(tensor(1f), tokens, tokens, tokens));

    private static double ConstantLoss(float[] targets, int channels)
    {
        double[] means = [.. Enumerable.Range(0, channels).Select(channel => targets.Where((_, index) => index % channels == channel).Average(value => (double)value))];
        return targets.Select((value, index) => Math.Abs(value - means[index % channels])).Average(distance => distance < 1 ? distance * distance / 2 : distance - 0.5);
    }

    private static double Variance(double[] values) => values.Average(value => Math.Pow(value - values.Average(), 2));

    private static double Mean(IEnumerable<double> values) => values.Average();

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
}
