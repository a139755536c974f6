using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Tests;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;

namespace Fovea.Training.Tests.Optimization;

/// <summary>Weight decay by the names of a checkpoint.</summary>
public class ParameterGroupTests
{
    private const double Main = 0.04;

    private static readonly string[] Bare = ["encoder.backbone.conv_proj.weight", "encoder.backbone.conv_proj.bias", "predictor.norm.bias", "predictor.mask_token", "encoder.backbone.reg_tokens"];

    public static TheoryData<string> Variants
    {
        get
        {
            TheoryData<string> variants = [];
            if (TestFolders.FindGolden("ijepa") is { } folder)
            {
                foreach ((string variant, JsonNode? _) in Cases(folder)["parameter_groups_initial_weight_decay"]!.AsObject()) variants.Add(variant);
            }
            return variants;
        }
    }

    /// <summary>Every group, in order: context encoder, target encoder, predictor.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Variants))]
    public void Every_parameter_has_the_weight_decay_of_the_reference(string variant)
    {
        JsonNode cases = Cases(TestFolders.Golden("ijepa"));
        JsonNode settings = cases["cases"]!.AsObject().First(entry => (string)entry.Value!["variant"]! == variant).Value!;
        (string Name, double Decay)[] expected = [.. cases["parameter_groups_initial_weight_decay"]![variant]!.AsArray().Select(group => ((string)group![0]!, (double)group[1]!))];
        double main = (double)settings["weight_decay"]!;
        WeightDecayRules rules = new() { Norms = (double?)settings["norm_weight_decay"], Biases = (double?)settings["bias_weight_decay"] };

        IReadOnlyList<ParameterGroup> groups = ParameterGroups.Of(Shaped(variant, expected.Select(group => group.Name)), rules, main);
        Assert.Equal(expected, groups.Select(group => (group.Name, group.DecayAt(main))));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Variants))]
    public void Published_rule_spares_one_axis_and_biases_alone(string variant)
    {
        IEnumerable<string> names = Cases(TestFolders.Golden("ijepa"))["parameter_groups_initial_weight_decay"]![variant]!.AsArray().Select(group => (string)group![0]!);
        Parameter[] parameters = [.. Shaped(variant, names)];
        IReadOnlyList<ParameterGroup> groups = ParameterGroups.Of(parameters, new() { Norms = null, SparesOneAxis = true }, Main);
        Assert.Equal(parameters.Select(parameter => parameter.Shape.Rank == 1), groups.Select(group => group.DecayAt(Main) == 0));
        Assert.Equal(Main, groups.Single(group => group.Name == "predictor.mask_token").DecayAt(Main));
    }

    [Fact]
    public void Default_rules_are_those_of_the_documented_command() => Assert.Equal([Main, Main, 0, Main, Main], Decays(new()));

    [Fact]
    public void Without_rules_everything_is_decayed() => Assert.Equal([Main, Main, Main, Main, Main], Decays(new() { Norms = null }));

    [Fact]
    public void Rule_for_biases_comes_before_that_for_norms() => Assert.Equal([Main, 0.2, 0.2, Main, Main], Decays(new() { Biases = 0.2 }));

    [Fact]
    public void Embeddings_are_tokens_and_positions() => Assert.Equal([Main, Main, 0, 0, 0], Decays(new() { Embeddings = 0 }));

    [Fact]
    public void Named_rule_comes_first() => Assert.Equal([0.08, 0.08, 0, Main, Main], Decays(new() { Biases = 0, Named = [new("conv_proj", 0.08), new("conv_proj.bias", 0.3)] }));

    /// <summary>The reference overwrites it from the first epoch on.</summary>
    [Fact]
    public void Special_weight_decay_keeps_its_ratio_to_the_main_one()
    {
        ParameterGroup group = Of(new() { Embeddings = 0.01 }, Main, "predictor.mask_token");
        Assert.Equal(0.01, group.DecayAt(Main), 1e-17);
        Assert.Equal(0.1, group.DecayAt(0.4), 1e-16);
        Assert.Equal(0, Of(new(), Main, "encoder.backbone.norm.weight").DecayAt(0.4));
    }

    /// <summary>In the reference a main weight decay that starts at 0 stays there for ever.</summary>
    [Fact]
    public void Main_weight_decay_may_start_at_0()
    {
        Assert.Equal(0.4, Of(new(), 0, "encoder.backbone.conv_proj.weight").DecayAt(0.4));
        Assert.Equal(0, Of(new(), 0, "encoder.backbone.norm.weight").DecayAt(0.4));
        Refuse("the weight decay of 'predictor.mask_token' is 0.01 and keeps its ratio to the main one, which starts at 0", () => Of(new() { Embeddings = 0.01 }, 0, "predictor.mask_token"));
    }

    [Fact]
    public void Negative_weight_decay_is_refused() => Refuse("the weight decay of 'a.bias' is -1", () => Of(new() { Biases = -1 }, Main, "a.bias"));

    /// <summary>Every norm that the parameter contract knows, and nothing else: a norm has weights of one axis and no two-axis weight beside them.</summary>
    [Theory]
    [InlineData("encoder.block.3.norm1.weight", true)]
    [InlineData("encoder.block.3.norm2.bias", true)]
    [InlineData("encoder.block.3.attn.q_norm.weight", true)]
    [InlineData("encoder.block.3.attn.k_norm.weight", true)]
    [InlineData("encoder.block.3.attn.norm.weight", true)]
    [InlineData("encoder.block.3.mlp.norm.weight", true)]
    [InlineData("encoder.block.3.mlp.token_norm.weight", true)]
    [InlineData("encoder.block.3.mlp.slot_norm.weight", true)]
    [InlineData("encoder.backbone.encoder.pre_block.0.weight", true)]
    [InlineData("norm.weight", true)]
    [InlineData("embedding_norm.bias", true)]
    [InlineData("attn_pool.norm.bias", true)]
    [InlineData("classifier.2.weight", true)]
    [InlineData("classifier.0.weight", false)]
    [InlineData("classifier.3.bias", false)]
    [InlineData("encoder.block.2.mlp.0.weight", false)]
    [InlineData("encoder.block.2.layer_scale_1.gamma", false)]
    [InlineData("attn_pool.mlp.0.weight", false)]
    [InlineData("pos_embedding", false)]
    public void Norms_are_known_by_name(string name, bool isNorm) => Assert.Equal(isNorm ? 0 : Main, Of(new(), Main, name).DecayAt(Main));

    private static double[] Decays(WeightDecayRules rules) => [.. Bare.Select(name => Of(rules, Main, name).DecayAt(Main))];

    private static ParameterGroup Of(WeightDecayRules rules, double main, string name) => ParameterGroups.Of([new(name, new TensorShape([8]))], rules, main)[0];

    // Shapes come from the start values.
    private static Parameter[] Shaped(string variant, IEnumerable<string> names)
    {
        using GoldenTensors weights = new(Path.Combine(TestFolders.Golden("ijepa"), $"weights_{variant}.safetensors"));
        return [.. names.Select(name => new Parameter(name, weights.Shape(name)))];
    }

    private static JsonNode Cases(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "cases.json")))!;

    private static void Refuse(string sentence, Func<object> make) => Assert.Contains(sentence, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
