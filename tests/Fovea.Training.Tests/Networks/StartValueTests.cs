using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Networks;

public class StartValueTests
{
    private static readonly VitNetwork Flagship = new(NamedNetworks.Get("vit_reg4_m16_rms_avg") with { Depth = 2 }, ImageSize.Square(64));
    private static readonly PredictorConfig Small = new(Depth: 2, Width: 96, Heads: 4);

    /// <summary>The table of the reference's start values; a standard error of the deviation is below 1 % for the smallest tensor looked at.</summary>
    [Theory]
    [InlineData("reg_tokens", 0, 0)]
    [InlineData("pos_embedding", 0, 0.02)]
    [InlineData("conv_proj.weight", 0, 0.036084)]                          // (3 * 16 * 16)^-1/2
    [InlineData("conv_proj.bias", 0, 0)]
    [InlineData("encoder.block.1.norm1.weight", 1, 0)]
    [InlineData("encoder.block.0.attn.qkv.weight", 0, 0.025516)]           // uniform within 512^-1/2: that over sqrt(3)
    [InlineData("encoder.block.0.attn.qkv.bias", 0, 0.025516)]
    [InlineData("encoder.block.1.mlp.3.weight", 0, 0.012758)]              // 2048^-1/2 over sqrt(3)
    [InlineData("norm.weight", 1, 0)]
    public void Encoder_begins_as_the_reference_does(string key, double mean, double deviation) =>
        CheckMoments(new StartValues(StartValueScheme.Birder, 1).OfEncoder(Flagship)[key], mean, deviation);

    [Theory]
    [InlineData(false, "mask_token", 0, 0)]
    [InlineData(false, "predictor_embed.weight", 0, 0.02)]
    [InlineData(false, "encoder.block.1.mlp.3.weight", 0, 0.02)]
    [InlineData(false, "encoder.block.1.mlp.3.bias", 0, 0)]
    [InlineData(false, "encoder.block.1.norm2.bias", 0, 0)]
    [InlineData(true, "mask_token", 0, 0.02)]
    [InlineData(true, "encoder.block.1.mlp.3.weight", 0, 0.01)]            // over sqrt(2 * 2)
    public void Predictor_begins_as_either_source_says(bool asPaper, string key, double mean, double deviation) =>
        CheckMoments(new StartValues(asPaper ? StartValueScheme.Paper : StartValueScheme.Birder, 1).OfPredictor(Small.Contract(512), 50)[key], mean, deviation);

    [Fact]
    public void Every_parameter_of_every_named_network_has_a_start_value()
    {
        foreach (string name in NamedNetworks.Names)
        {
            VitConfig config = NamedNetworks.Get(name) with { PatchSize = 4, Depth = 2, Heads = 2, Width = 32, MlpWidth = 48, AttentionPoolHeads = null, StageBlocks = null };
            VitNetwork network = new(config, new ImageSize(12, 8), classes: 3);
            Dictionary<string, Weight> values = new StartValues(StartValueScheme.Birder, 1).OfEncoder(network);
            Assert.Equal(VitParameters.Of(network).Select(parameter => (parameter.Key, parameter.Shape)), values.Select(pair => (pair.Key, pair.Value.Shape)));
            Assert.All(values, pair => Assert.False(pair.Key.Contains("norm", StringComparison.Ordinal) && pair.Key.EndsWith(".weight", StringComparison.Ordinal) && pair.Value.Values.Span[0] != 1, pair.Key));
        }
    }

    [Fact]
    public void Values_are_a_function_of_the_seed_and_differ_between_parameters()
    {
        Dictionary<string, Weight> first = new StartValues(StartValueScheme.Birder, 1).OfEncoder(Flagship), again = new StartValues(StartValueScheme.Birder, 1).OfEncoder(Flagship);
        Assert.All(first, pair => Assert.Equal(pair.Value.Values.ToArray(), again[pair.Key].Values.ToArray()));
        Assert.NotEqual(first["pos_embedding"].Values.ToArray(), new StartValues(StartValueScheme.Birder, 2).OfEncoder(Flagship)["pos_embedding"].Values.ToArray());
        Assert.NotEqual(first["encoder.block.0.attn.proj.weight"].Values.ToArray(), first["encoder.block.1.attn.proj.weight"].Values.ToArray());
    }

    private static void CheckMoments(Weight weight, double mean, double deviation)
    {
        double[] values = [.. weight.Values.ToArray().Select(value => (double)value)];
        double found = values.Average(), spread = Math.Sqrt(values.Average(value => (value - found) * (value - found)));
        Assert.Equal(mean, found, deviation == 0 ? 0 : 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation, spread, deviation * 5 / Math.Sqrt(values.Length));
    }
}
