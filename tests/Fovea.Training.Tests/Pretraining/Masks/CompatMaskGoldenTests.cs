using System.Text.Json.Nodes;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>The reference's sampler, fed with the draws that the reference made, against masks.json. Everything is exact.</summary>
public class CompatMaskGoldenTests
{
    public static TheoryData<int> Examples => MaskGoldens.Examples();

    public static TheoryData<string> Grids => MaskGoldens.Names("exact_block_size_probabilities");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Examples))]
    public void Masks_equal_those_of_the_reference(int id)
    {
        (JsonNode example, MaskBatch masks) = Draw(id);
        CheckBlocks($"example {id}, context", example["enc_masks"]!, masks.Contexts, masks.Pictures);
        CheckBlocks($"example {id}, target", example["pred_masks"]!, masks.Targets, masks.Pictures);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Examples))]
    public void Contexts_come_about_as_in_the_reference(int id)
    {
        (JsonNode example, MaskBatch masks) = Draw(id);
        PlacedContext[] contexts = [.. Enumerable.Range(0, masks.Pictures).SelectMany(picture => masks.Placed.ContextsOf(picture).ToArray())];
        BlockSize target = new((int)example["target_block"]![0]!, (int)example["target_block"]![1]!), context = new((int)example["context_block"]![0]!, (int)example["context_block"]![1]!);
        Assert.Equal(target, masks.Placed.TargetsOf(0)[0].Size);
        Assert.All(contexts, placed => Assert.Equal(context, placed.Block.Size));
        Assert.Equal(MaskGoldens.Integers(example["context_sizes_before_cut"]!), contexts.Select(placed => (long)placed.Visible));
        Assert.Equal(MaskGoldens.Integers(example["context_attempts"]!), contexts.Select(placed => (long)placed.Attempts));
        Assert.Equal(MaskGoldens.Integers(example["context_regions_dropped"]!), contexts.Select(placed => (long)placed.TargetsGivenUp));
    }

    /// <summary>The golden's probabilities have seven digits.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Grids))]
    public void Block_sizes_have_the_exact_probabilities(string name)
    {
        JsonNode probabilities = MaskGoldens.Read()["exact_block_size_probabilities"]![name]!;
        int[] sides = [.. name.Split('x').Select(int.Parse)];
        // 8x8 has targets of 3x3, which the reference would draw for ever with its 10: only sizes are asked for here.
        CompatMaskSampler sampler = new(MaskGoldens.Documented() with { MinKeep = 0 }, new PatchGrid(sides[0], sides[1]), seed: 0);
        CheckProbabilities(probabilities["target"]!.AsObject(), sampler.TargetSizes);
        CheckProbabilities(probabilities["context"]!.AsObject(), sampler.ContextSizes);
    }

    private static (JsonNode Example, MaskBatch Masks) Draw(int id)
    {
        JsonNode example = MaskGoldens.Read()["examples"]!.AsArray().First(entry => (int)entry!["id"]! == id)!;
        CompatMaskSampler sampler = new(MaskGoldens.Settings(example), MaskGoldens.Grid(example["grid"]!), seed: 0);
        RecordedDraws draws = new(example);
        MaskBatch masks = sampler.Sample(ref draws, BatchSlice.Whole((int)example["batch_size"]!));
        draws.CheckUsedUp();
        return (example, masks);
    }

    private static void CheckBlocks(string what, JsonNode expected, IReadOnlyList<long[]> found, int pictures)
    {
        Assert.Equal(expected.AsArray().Count, found.Count);
        for (int block = 0; block < found.Count; block++)
        {
            Assert.Equal(expected[block]!.AsArray().Count, pictures);
            long[] patches = [.. expected[block]!.AsArray().SelectMany(picture => MaskGoldens.Integers(picture!))];
            Assert.True(patches.SequenceEqual(found[block]), $"{what} block {block}: [{string.Join(' ', found[block])}] instead of [{string.Join(' ', patches)}]");
        }
    }

    private static void CheckProbabilities(JsonObject expected, IReadOnlyDictionary<BlockSize, double> found)
    {
        Assert.Equal(expected.Select(entry => entry.Key).Order(StringComparer.Ordinal), found.Keys.Select(size => size.ToString()).Order(StringComparer.Ordinal));
        Assert.All(found, entry => Assert.Equal((double)expected[entry.Key.ToString()]!, entry.Value, 5.1e-8));
    }
}
