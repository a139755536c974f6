using Fovea.Training.Pretraining;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>What both samplers promise, for settings and grids drawn by chance.</summary>
[Properties(MaxTest = 100, Replay = "(20240613,7)")]
public class MaskPropertyTests
{
    [Property]
    public void Patches_are_in_the_grid_and_ascend(int number, bool compat) => OfEveryBlock(Case(number, compat), (masks, grid, patches) =>
    {
        Assert.InRange(patches[0], 0, grid.Patches - 1);
        Assert.InRange(patches[^1], 0, grid.Patches - 1);
        for (int index = 1; index < patches.Length; index++) Assert.True(patches[index] > patches[index - 1]);
    });

    [Property]
    public void All_pictures_have_equally_many_patches(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        MaskBatch masks = drawn.Sample();
        Assert.Equal(drawn.Batch, masks.Pictures);
        Assert.Equal(drawn.Settings.ContextBlocks, masks.Contexts.Count);
        Assert.Equal(drawn.Settings.TargetBlocks, masks.Targets.Count);
        Assert.All(masks.Contexts, context => Assert.Equal(masks.Pictures * masks.ContextPatches, context.Length));
        Assert.All(masks.Targets, target => Assert.Equal(masks.Pictures * masks.TargetPatches, target.Length));
    }

    [Property]
    public void Every_block_keeps_more_than_the_least_number_of_patches(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        MaskBatch masks = drawn.Sample();
        Assert.True(masks.ContextPatches > drawn.Settings.MinKeep, $"{masks.ContextPatches} context patches; {drawn}");
        Assert.True(masks.TargetPatches > drawn.Settings.MinKeep, $"{masks.TargetPatches} target patches; {drawn}");
    }

    /// <summary>The reference's sampler may give targets up; those that it has not given up are avoided.</summary>
    [Property]
    public void Context_shows_no_target_unless_overlap_is_allowed(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        if (drawn.Settings.AllowsOverlap) return;
        MaskBatch masks = drawn.Sample();
        for (int picture = 0; picture < masks.Pictures; picture++)
        {
            for (int context = 0; context < masks.Contexts.Count; context++)
            {
                int givenUp = masks.Placed.ContextsOf(picture)[context].TargetsGivenUp;
                Assert.True(compat || givenUp == 0, $"the unbiased sampler gave targets up; {drawn}");
                IEnumerable<long> targets = Enumerable.Range(0, masks.Targets.Count - givenUp).SelectMany(target => masks.TargetOf(target, picture).ToArray());
                Assert.Empty(masks.ContextOf(context, picture).ToArray().Intersect(targets));
            }
        }
    }

    [Property]
    public void Context_lies_in_its_block(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        MaskBatch masks = drawn.Sample();
        for (int picture = 0; picture < masks.Pictures; picture++)
        {
            for (int context = 0; context < masks.Contexts.Count; context++)
            {
                PlacedContext placed = masks.Placed.ContextsOf(picture)[context];
                long[] block = new long[placed.Block.Size.Patches];
                placed.Block.CopyPatches(block, drawn.Grid.Columns);
                Assert.Empty(masks.ContextOf(context, picture).ToArray().Except(block));
                Assert.InRange(placed.Visible, masks.ContextPatches, block.Length);
            }
        }
    }

    [Property]
    public void Masks_are_a_function_of_seed_and_step(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        MaskBatch once = drawn.Sample(), again = MaskSampler.Create(drawn.Settings, drawn.Grid, drawn.Seed).Sample(drawn.Step, BatchSlice.Whole(drawn.Batch));
        CheckSlice(once, again, 0, drawn);
    }

    /// <summary>What processes and micro-batches rely on.</summary>
    [Property]
    public void Slice_of_a_batch_is_a_part_of_the_whole(int number, bool compat, int cut)
    {
        MaskCase drawn = Case(number, compat);
        Random random = new(cut);
        int first = random.Next(drawn.Batch), count = random.Next(1, drawn.Batch - first + 1);
        MaskBatch whole = drawn.Sample(), slice = drawn.Sampler.Sample(drawn.Step, new BatchSlice(drawn.Batch, first, count));
        CheckSlice(whole, slice, first, drawn);
    }

    [Property]
    public void Reference_keeps_the_first_patches_and_never_the_last_row_or_column(int number)
    {
        MaskCase drawn = Case(number, compat: true);
        PatchGrid grid = drawn.Grid;
        OfEveryBlock(drawn, (_, _, patches) => Assert.All(patches.ToArray(), patch => Assert.True(patch / grid.Columns < grid.Rows - 1 && patch % grid.Columns < grid.Columns - 1)));
    }

    [Property]
    public void Batch_is_cut_to_its_least_context_where_nothing_is_drawn_again(int number, bool compat)
    {
        MaskCase drawn = Case(number, compat);
        if (!compat && drawn.Settings.ContextQuantile > 0) return;
        MaskBatch masks = drawn.Sample();
        Assert.Equal(masks.ContextPatches, Enumerable.Range(0, masks.Pictures).SelectMany(picture => masks.Placed.ContextsOf(picture).ToArray()).Min(context => context.Visible));
    }

    private delegate void CheckPatches(MaskBatch masks, PatchGrid grid, ReadOnlySpan<long> patches);

    private static void OfEveryBlock(MaskCase drawn, CheckPatches check)
    {
        MaskBatch masks = drawn.Sample();
        for (int picture = 0; picture < masks.Pictures; picture++)
        {
            for (int block = 0; block < masks.Contexts.Count; block++) check(masks, drawn.Grid, masks.ContextOf(block, picture));
            for (int block = 0; block < masks.Targets.Count; block++) check(masks, drawn.Grid, masks.TargetOf(block, picture));
        }
    }

    private static void CheckSlice(MaskBatch whole, MaskBatch slice, int first, MaskCase drawn)
    {
        Assert.Equal((whole.ContextPatches, whole.TargetPatches), (slice.ContextPatches, slice.TargetPatches));
        for (int picture = 0; picture < slice.Pictures; picture++)
        {
            for (int block = 0; block < slice.Contexts.Count; block++)
            {
                Assert.True(whole.ContextOf(block, first + picture).SequenceEqual(slice.ContextOf(block, picture)), $"context {block} of picture {picture} differs; {drawn}");
            }
            for (int block = 0; block < slice.Targets.Count; block++)
            {
                Assert.True(whole.TargetOf(block, first + picture).SequenceEqual(slice.TargetOf(block, picture)), $"target {block} of picture {picture} differs; {drawn}");
            }
        }
    }

    private static MaskCase Case(int number, bool compat) => MaskCase.Of(number, compat ? MaskSamplerKind.Compat : MaskSamplerKind.Unbiased);
}
