using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Networks;

namespace Fovea.Tests.Hub;

/// <summary>The published files themselves, over the real network (docs/models.md): downloaded into the user's own FOVEA_HOME, then checked.</summary>
[Trait("Category", "Network")]
public class PublishedFileTests
{
    [Theory]
    [InlineData("vit_reg4_m16_rms_avg_i-jepa")]
    [InlineData("vit_reg4_m16_rms_avg_i-jepa-inat21-256px")]
    [InlineData("deit3_t16_il-common")]
    public async Task Published_file_is_what_registry_and_configuration_say(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOVEA_NETWORK_TESTS") == "1", "FOVEA_NETWORK_TESTS is not 1: this test downloads published models");
        IReadOnlyList<CheckedFact> facts = await ModelCheck.RunAsync(await ModelCheck.LocateAsync(name, ModelHub.OfProcess(), null, default), default);
        Assert.DoesNotContain(facts, fact => fact.Outcome == CheckOutcome.Differs);
    }

    [Fact]
    public async Task Border_of_the_flagships_positions_is_near_zero()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOVEA_NETWORK_TESTS") == "1", "FOVEA_NETWORK_TESTS is not 1: this test downloads a published model");
        string path = await ModelReference.ResolveAsync("vit_reg4_m16_rms_avg_i-jepa");
        using ModelFile model = ModelFile.Open(path);
        PositionBorder border = PositionBorder.Of(model.Weights[PositionTable.Key].Values.Span, model.Network);
        // Weight decay alone, e^-142 over the documented run, is below the smallest normal float32.
        Assert.InRange(border.LastRow, 0, 1e-37);
        Assert.InRange(border.LastColumn, 0, 1e-37);
        Assert.True(border.Whole > 1e-3, $"the whole table is {border.Whole}");
    }
}
