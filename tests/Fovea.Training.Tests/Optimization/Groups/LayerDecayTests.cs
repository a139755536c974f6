using Fovea.Networks;
using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

public class LayerDecayTests
{
    private const int Depth = 12;

    private static readonly IReadOnlyList<string> Keys = [.. VitParameters.Of(new VitNetwork(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224), 3, 10)).Select(parameter => parameter.Key)];

    /// <summary>The fourteen scales of a network of twelve blocks for a decay of 0.75, as the reference prints them.</summary>
    [Fact]
    public void Scales_of_twelve_blocks_are_those_of_the_reference()
    {
        double[] expected = [0.023757, 0.031676, 0.042235, 0.056314, 0.075085, 0.100113, 0.133484, 0.177979, 0.237305, 0.316406, 0.421875, 0.5625, 0.75, 1.0];
        LayerDecay decay = new() { Factor = 0.75 };
        Assert.Equal(expected, Enumerable.Range(0, Depth + 2).Select(layer => Math.Round(decay.ScaleOf(layer, Depth + 1), 6)));
    }

    [Theory]
    [InlineData("reg_tokens", 0)]
    [InlineData("pos_embedding", 0)]
    [InlineData("conv_proj.weight", 0)]
    [InlineData("encoder.pre_block.0.weight", 0)]
    [InlineData("encoder.block.0.attn.qkv.bias", 1)]
    [InlineData("backbone.encoder.block.11.mlp.3.weight", 12)]
    [InlineData("norm.weight", 13)]
    [InlineData("attn_pool.latent", 13)]
    [InlineData("classifier.weight", 13)]
    public void Parameter_belongs_to_its_layer(string key, int layer) => Assert.Equal(layer, EncoderLayers.Of(key, Depth));

    [Fact]
    public void Inside_of_a_detector_the_last_block_has_scale_1() =>
        Assert.Equal([Math.Pow(0.7, 12), 1], new[] { "conv_proj.weight", "encoder.block.11.norm1.weight" }.Select(key => Scale(new LayerDecay { Factor = 0.7 }, key, Depth)));

    [Fact]
    public void Least_scale_names_and_the_rate_of_biases_come_before_the_layer()
    {
        LayerDecay decay = new() { Factor = 0.5, MinScale = 0.1, Named = [new("norm2", 3)], BiasRate = 2e-4 };
        Assert.Equal(0.1, Scale(decay, "encoder.block.0.attn.qkv.weight", Depth + 1));
        Assert.Equal(3, Scale(decay, "encoder.block.0.norm2.weight", Depth + 1));
        Assert.Equal(0.2, Scale(decay, "encoder.block.0.attn.qkv.bias", Depth + 1), 12);
    }

    [Fact]
    public void Layers_of_a_scale_below_the_smallest_are_not_trained()
    {
        LayerDecay decay = new() { Factor = 0.5, SmallestTrained = 0.25 };
        Assert.Equal(["encoder.block.11.norm1.weight", "norm.weight"], new[] { "conv_proj.weight", "encoder.block.10.norm1.weight", "encoder.block.11.norm1.weight", "norm.weight" }.Where(key => decay.Trains(key, Depth, Depth + 1) && Scale(decay, key, Depth + 1) >= 0.5));
        Assert.True(decay.Trains("encoder.block.10.norm1.weight", Depth, Depth + 1));
        Assert.False(decay.Trains("encoder.block.9.norm1.weight", Depth, Depth + 1));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Decay_outside_of_its_range_is_refused(double factor) =>
        Assert.Contains("layer decay", Assert.Throws<ArgumentException>(() => Scale(new LayerDecay { Factor = factor }, "norm.weight", 13)).Message, StringComparison.Ordinal);

    [Fact]
    public void Frozen_layers_are_exactly_those_up_to_the_named_block()
    {
        Assert.Equal(["reg_tokens", "pos_embedding", "conv_proj.weight", "conv_proj.bias"], Keys.Where(key => !new Freezing { Layers = 0 }.Trains(key, Depth)));
        string[] three = [.. Keys.Where(key => !new Freezing { Layers = 3 }.Trains(key, Depth))];
        Assert.Equal(Keys.Where(key => EncoderLayers.Of(key, Depth) <= 3), three);
        Assert.Contains("encoder.block.2.mlp.3.bias", three);
        Assert.DoesNotContain("encoder.block.3.norm1.weight", three);
        Assert.Equal(["norm.weight", "classifier.weight", "classifier.bias"], Keys.Where(key => new Freezing { Layers = 12 }.Trains(key, Depth)));
        Assert.Equal(["norm.weight", "classifier.weight", "classifier.bias"], Keys.Where(key => new Freezing { Layers = 99 }.Trains(key, Depth)));
    }

    [Fact]
    public void Frozen_body_trains_the_head_and_the_pool_where_it_is_told()
    {
        Assert.Equal(["classifier.weight", "classifier.bias"], Keys.Where(key => new Freezing { Body = true }.Trains(key, Depth)));
        Assert.False(new Freezing { Body = true }.Trains("attn_pool.latent", Depth));
        Assert.True(new Freezing { Body = true, TrainsPool = true }.Trains("attn_pool.latent", Depth));
    }

    private static double Scale(LayerDecay decay, string key, int last) => decay.Apply([new ParameterGroup(key, 1)], Depth, last, baseRate: 1e-3)[0].RateScale;
}
