using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Settings that cannot be met are answered when the sampler is made, by a sentence that says what to change.</summary>
public class MaskRefusalTests
{
    private static readonly MaskSettings Default = new();

    /// <summary>The reference draws for ever here, in 48.5 % of the batches.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Target_block_below_the_least_number_of_patches(bool compat) => Check(
        Default, new PatchGrid(8, 8), compat, "the smallest target block on a grid of 8x8 has 3x3 = 9 patches and every block must keep more than 10 (min_keep); lower min_keep or raise the target scale.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Context_block_below_the_least_number_of_patches(bool compat) => Check(
        Default with { ContextScale = new(0.04, 0.9) }, new PatchGrid(14, 14), compat, "the smallest context block on a grid of 14x14 has 3x3 = 9 patches");

    [Fact]
    public void Targets_that_leave_no_context() => Check(
        Default with { TargetScale = new(0.9, 1) }, new PatchGrid(14, 14), compat: false, "4 target blocks of 14x14 in a grid of 14x14 rarely leave 1 context blocks of 13x13 more than 10 patches each (min_keep)");

    [Theory]
    [InlineData(1, 14)]
    [InlineData(14, 65)]
    [InlineData(0, 0)]
    public void Grid_that_is_too_small_or_too_large(int rows, int columns) => Check(Default, new PatchGrid(rows, columns), compat: false, $"the pictures have {rows}x{columns}");

    [Theory]
    [InlineData(0, 1, "the context scale is 0 to 1")]
    [InlineData(0.9, 0.8, "the context scale is 0.9 to 0.8")]
    [InlineData(0.9, 1.1, "the context scale is 0.9 to 1.1")]
    [InlineData(double.NaN, 1, "the context scale is NaN to 1")]
    public void Scale_that_is_no_share(double low, double high, string sentence) => Check(Default with { ContextScale = new(low, high) }, new PatchGrid(14, 14), compat: true, sentence);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Aspect_that_is_no_ratio(double low, double high) => Check(Default with { TargetAspect = new(low, high) }, new PatchGrid(14, 14), compat: false, "the target aspect is");

    [Fact]
    public void Numbers_of_blocks()
    {
        Check(Default with { ContextBlocks = 0 }, new PatchGrid(14, 14), compat: true, "0 context blocks are asked for; a picture has 1 to 64.");
        Check(Default with { TargetBlocks = 65 }, new PatchGrid(14, 14), compat: false, "65 target blocks are asked for; a picture has 1 to 64.");
    }

    [Fact]
    public void Negative_least_number_of_patches() => Check(Default with { MinKeep = -1 }, new PatchGrid(14, 14), compat: true, "min_keep is -1");

    [Fact]
    public void Quantile_above_a_half() => Check(Default with { ContextQuantile = 0.51 }, new PatchGrid(14, 14), compat: false, "the context quantile is 0.51");

    [Theory]
    [InlineData(8, 0, 0)]
    [InlineData(8, -1, 2)]
    [InlineData(8, 7, 2)]
    [InlineData(0, 0, 1)]
    public void Slice_that_is_not_in_its_batch(int batch, int first, int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new BatchSlice(batch, first, count));

    private static void Check(MaskSettings settings, PatchGrid grid, bool compat, string sentence)
    {
        MaskSettings asked = settings with { Sampler = compat ? MaskSamplerKind.Compat : MaskSamplerKind.Unbiased };
        ArgumentException exception = Assert.Throws<ArgumentException>(() => MaskSampler.Create(asked, grid, seed: 1));
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }
}
