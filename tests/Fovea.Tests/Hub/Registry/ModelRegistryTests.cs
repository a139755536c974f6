using Fovea.Hub;
using Fovea.Networks;

namespace Fovea.Tests.Hub;

/// <summary>The published models of the reference, as data.</summary>
public class ModelRegistryTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.Default.Models.Select(model => model.Name)];

    [Fact]
    public void All_27_published_models_are_named_once()
    {
        Assert.Equal(27, ModelRegistry.Default.Models.Count);
        Assert.Equal(27, ModelRegistry.Default.Models.Select(model => model.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(27, ModelRegistry.Default.Models.SelectMany(model => model.Files).Select(file => file.Sha256).Distinct().Count());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public void Network_of_a_published_model_has_the_parameters_that_the_registry_says(string name)
    {
        PublishedModel model = ModelRegistry.Default.Get(name);
        Assert.Equal(model.ParameterCount, VitParameters.Count(model.ToNetwork()));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public void File_has_an_address_a_hash_and_room_for_its_parameters(string name) => Assert.All(ModelRegistry.Default.Get(name).Files, file =>
    {
        Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
        Assert.Equal(Uri.UriSchemeHttps, file.Address.Scheme);
        Assert.EndsWith($"/{name}.{file.Format}", file.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.InRange(ModelRegistry.Default.Get(name).ParameterCount * sizeof(float), file.SmallestLength * 0.99, file.LargestLength);
    });

    [Theory]
    [InlineData("vit_reg4_m16_rms_avg_i-jepa", "https://huggingface.co/birder-project/vit_reg4_m16_rms_avg_i-jepa/resolve/main/vit_reg4_m16_rms_avg_i-jepa.pt")]
    [InlineData("vit_l16_mim_400", "https://huggingface.co/birder-project/vit_l16_mim/resolve/main/vit_l16_mim_400.pt")]
    [InlineData("deit3_t16_il-common", "https://f000.backblazeb2.com/file/birder/models/deit3_t16_il-common.pt")]
    public void Address_is_the_models_own_or_the_default_one(string name, string address) =>
        Assert.Equal(address, ModelRegistry.Default.Get(name).Files[0].Address.AbsoluteUri);

    [Theory]
    [InlineData("vit_reg4_m16_rms_avg_ijepa", "vit_reg4_m16_rms_avg_i-jepa")]
    [InlineData("vit_l16_mim", "vit_l16_mim_200")]
    [InlineData("openai-clip", "vit_l14_pn_quick_gelu_openai-clip")]
    [InlineData("deit_t16_il-comon", "deit3_t16_il-common")]
    public void Mistyped_name_is_answered_with_the_nearest_ones_first(string mistyped, string meant)
    {
        HubException refusal = Assert.Throws<HubException>(() => ModelRegistry.Default.Get(mistyped));
        Assert.Contains($"'{mistyped}' is no published model; the nearest names are {meant}, ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_that_is_not_published_is_refused_with_those_that_are()
    {
        HubException refusal = Assert.Throws<HubException>(() => ModelRegistry.Default.Get("vit_l16_mim_200").File("safetensors"));
        Assert.Contains("it is as pt", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    public void Edit_distance_counts_letters(string left, string right, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(left, right));
        Assert.Equal(distance, EditDistance.Between(right, left));
    }
}
