using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Networks;

public class DropPathTests
{
    [Fact]
    public void Rates_rise_linearly_from_0_to_that_of_the_last_block()
    {
        Assert.Equal([0f, 0.1f, 0.2f, 0.3f], new DropPath(0.3, 4, 0, 1).Rates.Select(rate => MathF.Round(rate, 6)));
        Assert.Equal([0f], new DropPath(0.3, 1, 0, 1).Rates);
    }

    [Fact]
    public void Frozen_blocks_drop_nothing() => Assert.Equal([0f, 0f, 0.2f, 0.3f], new DropPath(0.3, 4, 2, 1).Rates.Select(rate => MathF.Round(rate, 6)));

    [Fact]
    public void Without_a_rate_nothing_is_drawn() => Assert.Null(new DropPath(0, 4, 0, 1).Draw(3, 0, 8, CPU));

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    public void Rate_outside_of_its_range_is_refused(double rate) => Assert.Throws<ArgumentException>(() => new DropPath(rate, 4, 0, 1));

    [Fact]
    public void Factors_are_a_function_of_seed_step_block_and_place_of_the_picture()
    {
        using DisposeScope scope = NewDisposeScope();
        DropPath drop = new(0.5, 3, 0, 9);
        float[] whole = Numbers(drop, step: 5, first: 0, pictures: 12), later = Numbers(drop, step: 5, first: 8, pictures: 4);
        Assert.Equal(whole, Numbers(drop, 5, 0, 12));
        Assert.NotEqual(whole, Numbers(drop, 6, 0, 12));
        Assert.NotEqual(whole, Numbers(new DropPath(0.5, 3, 0, 10), 5, 0, 12));
        for (int branch = 0; branch < 6; branch++) Assert.Equal(whole[(branch * 12 + 8)..(branch * 12 + 12)], later[(branch * 4)..(branch * 4 + 4)]);
    }

    [Fact]
    public void Branches_stay_as_often_as_the_rate_says_and_their_mean_is_1()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] last = Numbers(new DropPath(0.25, 2, 0, 4), step: 1, first: 0, pictures: 20_000)[^40_000..];
        Assert.All(last, factor => Assert.True(factor == 0 || MathF.Abs(factor - 4f / 3) < 1e-6f));
        Assert.Equal(0.25, last.Count(factor => factor == 0) / 40_000.0, 0.01);             // four deviations of a share of 40,000
    }

    /// <summary>A block all of whose branches are left out gives back what it was given.</summary>
    [Fact]
    public void Dropped_branches_leave_the_residual_stream_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        VitNetwork network = new(VitConfigJson.Override(NamedNetworks.Get("vit_reg4_m16_rms_avg"), new JsonObject { ["patch_size"] = 4, ["num_layers"] = 2, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 }), ImageSize.Square(16));
        using FlatParameters parameters = new(VitParameters.Of(network), ComputeType.Float32, hasGradients: false);
        parameters.Load(new StartValues(StartValueScheme.Birder, 3).OfEncoder(network));
        VitModule module = new(network, parameters.Leaves);
        Tensor images = randn([3, 3, 16, 16], generator: new Generator(5)), factors = zeros([2, 2, 3, 1, 1]);
        factors[1] = ones([2, 3, 1, 1]);
        Tensor dropped = module.Encode(images, drop: new DropPathFactors(factors, [1f, 0f])), whole = module.Encode(images, drop: new DropPathFactors(ones([2, 2, 3, 1, 1]), [0.5f, 0.5f]));
        Tensor expected = module.Normalise(module.Blocks[1].Forward(new Residual(module.InputTokens(images))).Sum);
        Assert.True(dropped.allclose(expected, 1e-5, 1e-6));
        Assert.True(whole.allclose(module.Encode(images), 1e-5, 1e-6));
    }

    private static float[] Numbers(DropPath drop, long step, int first, int pictures) => drop.Draw(step, first, pictures, CPU)!.Factors.data<float>().ToArray();
}
