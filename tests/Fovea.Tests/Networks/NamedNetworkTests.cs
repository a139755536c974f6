using System.Text.Json.Nodes;
using Fovea.Networks;

namespace Fovea.Tests.Networks;

/// <summary>Every registered network: entries, shapes, parameter counts.</summary>
public class NamedNetworkTests
{
    private static readonly JsonObject Configurations = JsonNode.Parse(File.ReadAllText(TestFolders.InRepository("tests", "Fovea.Tests", "Networks", "configurations.json")))!.AsObject();

    public static TheoryData<string> Names => [.. Configurations.Select(entry => entry.Key)];

    [Fact]
    public void All_123_networks_of_the_reference_are_named() =>
        Assert.Equal(Configurations.Select(entry => entry.Key).Order(StringComparer.Ordinal), NamedNetworks.Names);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public void Contract_has_the_entries_and_parameters_of_the_reference(string name)
    {
        JsonNode expected = Configurations[name]!;
        VitNetwork encoder = new(NamedNetworks.Get(name), ImageSize.Square(224));
        Assert.Equal((int)expected["entries"]!, VitParameters.Of(encoder).Count);
        Assert.Equal((long)expected["parameters"]!, VitParameters.Count(encoder));
        Assert.Equal((long)expected["parameters_1000_classes"]!, VitParameters.Count(new VitNetwork(encoder.Config, encoder.Size, classes: 1000)));
        Assert.Equal((int)expected["special_tokens"]!, encoder.SpecialTokens);
    }

    [Theory]
    [InlineData("rope_vit_reg4_b14_nps_ls", "rotary")]
    [InlineData("vit_windowed_b16", "windowed")]
    [InlineData("vit_det_b16", "detection")]
    [InlineData("vit_sam_b16", "Segment Anything")]
    [InlineData("vit_parallel_s16", "parallel")]
    [InlineData("deit_b16", "DeiT")]
    [InlineData("FlexiViT_b16", "FlexiViT")]
    public void Other_family_is_refused_by_name(string name, string word) =>
        Assert.Contains(word, Assert.Throws<ArgumentException>(() => NamedNetworks.Get(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("vit_reg4_m16_rms_avg_i-jepa.pt", "vit_reg4_m16_rms_avg")]
    [InlineData("vit_b16_ls_franca-bioscan5m.pt", "vit_b16_ls")]
    [InlineData("vit_b16.safetensors", "vit_b16")]
    [InlineData("VIT_B16_test_12.pt", "vit_b16")]
    [InlineData("vit_b16x.pt", null)]
    [InlineData("vit_det_b16_5.pt", null)]
    [InlineData("encoder.pt", null)]
    public void File_name_tells_the_longest_registered_network(string file, string? network) =>
        Assert.Equal(network, NamedNetworks.FromFileName(file), ignoreCase: true);
}
