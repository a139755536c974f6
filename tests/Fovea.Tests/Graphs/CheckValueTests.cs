using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Graphs;

/// <summary>One tiny network per option, weights by a sine formula, against the check values of the reference's description.</summary>
public class CheckValueTests
{
    private static readonly JsonObject Tiny = JsonNode.Parse("""{"patch_size": 4, "num_layers": 2, "num_heads": 2, "hidden_dim": 32, "mlp_dim": 48}""")!.AsObject();

    [Theory]
    [InlineData("vit_reg4_m16_rms_avg", "", "-1.759620 -1.568708 -2.556895 5.341962 0.705631 1.004251 0.360816")]
    [InlineData("vit_s16", "", "-1.821622 -0.760933 -2.698833 5.978481 1.688708 1.756164 1.094904")]
    [InlineData("vit_s16", """{"mlp_head": true}""", "-1.821622 -0.760933 -2.698833 5.978481 -2.142769 -0.091863 -0.179761")]
    [InlineData("vit_s16_pn", "", "-0.898143 0.631992 0.810948 5.489228 2.130776 0.118141 -0.097331")]
    [InlineData("vit_b16_pn_quick_gelu", "", "-0.895195 0.630926 0.800899 5.488913 2.124872 0.115300 -0.094476")]
    [InlineData("vit_b16_qkn_ls", "", "-2.307235 -1.063032 -2.229249 5.561889 1.793991 1.868584 0.886948")]
    [InlineData("vit_b16_nf_swiglu", "", "0.250450 -0.461288 -2.426285 6.185725 -0.378401 -0.469033 1.360878")]
    [InlineData("vit_reg8_so150m_p14_swiglu", "", "0.000067 -1.879002 -3.020399 6.135675 -0.129157 0.528014 2.284296")]
    [InlineData("vit_reg1_s16_nap_avg", "", "-2.688683 -0.774008 -1.610451 5.257124 0.729177 0.322382 1.008669")]
    [InlineData("vit_reg4_s14_nps_ls", "", "-2.326413 -1.397716 -1.903815 5.443858 1.409446 1.332206 0.100512")]
    [InlineData("vit_b16_ap", "", "1.164791 1.397615 2.954493 6.759621 1.430951 -0.012041 -1.406933")]
    [InlineData("vit_reg4_so150m_p14_aps", "", "0.472926 1.293222 2.781515 6.783282 2.740783 0.705188 0.602141")]
    [InlineData("vit_reg4_so150m_p14_eps", "", "-1.580496 0.028167 0.057972 5.797419 1.129829 0.870911 -1.325512")]
    [InlineData("vit_reg8_l14_rms_ap", "", "0.084442 1.435303 1.906928 7.521649 3.100422 1.300998 0.400043")]
    [InlineData("vit_s16_soft_moe_32e_4s_avg", """{"soft_moe_num_experts": 3, "soft_moe_num_slots": 2}""", "-1.366537 -1.100960 -3.422999 5.963856 -0.021612 0.694366 1.130080")]
    public void Embedding_and_logits_equal_the_check_values(string name, string overrides, string expected)
    {
        VitConfig config = VitConfigJson.Override(NamedNetworks.Get(name), Tiny);
        if (overrides.Length > 0) config = VitConfigJson.Override(config, JsonNode.Parse(overrides)!.AsObject());
        VitNetwork network = new(config, new ImageSize(12, 8), classes: 3);
        Dictionary<string, Weight> weights = SineWeights.Of(network);
        float[] image = SineWeights.Image(network);
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(network, weights, [VitOutput.Embedding, VitOutput.Logits], 1, packed);

        float[][] results = session.Run(image, 1);

        double length = Math.Sqrt(results[0].Sum(value => (double)value * value));
        double[] found = [.. results[0][..3], length, .. results[1]];
        double[] wanted = [.. expected.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        // Six decimals are given; float32 loses up to 6e-6 on a class-token embedding of this size.
        Assert.All(found.Zip(wanted), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }
}
