using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Hub;

/// <summary>A file against the registry and the configuration: what agrees, what differs, and what the border of the positions says.</summary>
public class ModelCheckTests
{
    private static PublishedModel Flagship => ModelRegistry.Default.Get("vit_reg4_m16_rms_avg_i-jepa");

    [Fact]
    public async Task File_as_it_should_be_agrees_in_everything()
    {
        using CheckedModel model = new(Flagship, FormulaWeights.Of(Flagship.ToNetwork()));
        IReadOnlyList<CheckedFact> facts = await model.CheckAsync();
        Assert.Equal(["sha256", "keys", "shapes", "parameters", "positions", "pictures", "outputs", "configuration"], facts.Select(fact => fact.Name));
        Assert.DoesNotContain(facts, fact => fact.Outcome == CheckOutcome.Differs);
        Assert.Equal("38,315,008", facts.Single(fact => fact.Name == "parameters").Text);
    }

    [Fact]
    public async Task Published_name_means_the_file_in_the_hubs_folder()
    {
        using CheckedModel model = new();
        LocatedModel located = await ModelCheck.LocateAsync(CheckedModel.Small.Name, model.Hub, null, default);
        Assert.Equal(new LocatedModel(model.Model, model.Model.Files[0], model.Path), located);
    }

    [Fact]
    public async Task File_that_is_not_named_as_a_published_one_is_refused()
    {
        using CheckedModel model = new();
        string renamed = Path.Combine(Path.GetDirectoryName(model.Path)!, "mine.safetensors");
        File.Move(model.Path, renamed);
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => ModelCheck.LocateAsync(renamed, model.Hub, null, default));
        Assert.Contains(CheckedModel.Small.Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_changed_byte_differs_in_the_hash_alone()
    {
        using CheckedModel model = new();
        byte[] bytes = await File.ReadAllBytesAsync(model.Path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(model.Path, bytes);
        Assert.Equal(["sha256"], Differing(await model.CheckAsync()));
    }

    [Fact]
    public async Task Missing_and_unexpected_parameters_are_named()
    {
        using CheckedModel model = new(weights =>
        {
            weights.Remove("norm.weight", out Weight norm);
            weights["head.weight"] = norm;
        });
        IReadOnlyList<CheckedFact> facts = await model.CheckAsync();
        Assert.Equal(["keys"], Differing(facts));
        Assert.Equal("1 missing: norm.weight; 1 unexpected: head.weight", facts.Single(fact => fact.Name == "keys").Text);
    }

    [Fact]
    public async Task Other_shape_differs_in_shapes_and_parameters()
    {
        using CheckedModel model = new(weights => weights["norm.weight"] = new Weight(new TensorShape(100), new float[100]));
        IReadOnlyList<CheckedFact> facts = await model.CheckAsync();
        Assert.Equal(["shapes", "parameters"], Differing(facts));
        Assert.Equal("norm.weight [100] instead of [192]", facts.Single(fact => fact.Name == "shapes").Text);
    }

    [Fact]
    public async Task File_that_cannot_be_read_differs_in_its_content()
    {
        using CheckedModel model = new();
        using (FileStream stream = File.OpenWrite(model.Path)) stream.SetLength(stream.Length - 4);
        Assert.Equal(["sha256", "content"], Differing(await model.CheckAsync()));
    }

    [Fact]
    public async Task Border_of_the_positions_is_told_with_the_whole_table()
    {
        using CheckedModel model = new(weights => weights[PositionTable.Key] = Marked(weights[PositionTable.Key].Shape));
        CheckedFact positions = (await model.CheckAsync()).Single(fact => fact.Name == "positions");
        Assert.Equal(CheckOutcome.Noted, positions.Outcome);
        Assert.Equal("largest magnitude 3 in the last row, 2.5 in the last column, 7 in the whole table; near zero is expected in the last row and column", positions.Text);
    }

    // A class token, then 3 rows of 4 patches: -3 in the last row, 2.5 at the end of the second one, -7 inside it.
    private static Weight Marked(TensorShape shape)
    {
        float[] table = new float[shape.ElementCount];
        int width = (int)shape[2];
        table[(1 + 2 * 4 + 1) * width + 5] = -3;
        table[(1 + 1 * 4 + 3) * width] = 2.5f;
        table[(1 + 1 * 4 + 2) * width + width - 1] = -7;
        return new Weight(shape, table);
    }

    private static IEnumerable<string> Differing(IReadOnlyList<CheckedFact> facts) => facts.Where(fact => fact.Outcome == CheckOutcome.Differs).Select(fact => fact.Name);
}
