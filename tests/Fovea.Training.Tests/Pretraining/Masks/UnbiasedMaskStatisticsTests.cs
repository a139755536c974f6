using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>What the unbiased sampler mends, measured. The seed is fixed: these tests pass always or never.</summary>
public class UnbiasedMaskStatisticsTests
{
    private const ulong Seed = 20240613;
    private const double Errors = 4;

    private static readonly MaskSettings Settings = new();
    private static readonly PatchGrid Grid = new(14, 14);
    private static readonly Lazy<MaskStatistics> Drawn = new(() => new MaskStatistics(MaskSampler.Create(Settings, Grid, Seed), batches: 2000, batchSize: 32));

    [Fact]
    public void Every_patch_is_context_and_target()
    {
        Assert.All(Enumerable.Range(0, Grid.Patches), patch => Assert.True(Drawn.Value.ContextAfter.Mean([patch]) > 0.01, $"patch {patch} is hardly ever context"));
        Assert.All(Enumerable.Range(0, Grid.Patches), patch => Assert.True(Drawn.Value.TargetAny.Mean([patch]) > 0.01, $"patch {patch} is hardly ever a target"));
    }

    [Fact]
    public void Opposite_rows_and_columns_are_alike()
    {
        foreach ((string name, BatchMeans map) in new[] { ("context before the cut", Drawn.Value.ContextBefore), ("context", Drawn.Value.ContextAfter), ("target", Drawn.Value.TargetAny) })
        {
            for (int near = 0; near < 7; near++)
            {
                CheckZero($"{name}, rows {near} and {13 - near}", map.Difference(GridParts.Row(Grid, near), GridParts.Row(Grid, 13 - near)));
                CheckZero($"{name}, columns {near} and {13 - near}", map.Difference(GridParts.Column(Grid, near), GridParts.Column(Grid, 13 - near)));
            }
        }
    }

    [Fact]
    public void Cut_takes_the_same_share_of_every_row()
    {
        MaskStatistics drawn = Drawn.Value;
        double share = drawn.ContextSize.Mean() / drawn.Visible.Mean();
        double[] shares = [.. Enumerable.Range(0, Grid.Rows).Select(row => drawn.ContextAfter.Mean(GridParts.Row(Grid, row)) / drawn.ContextBefore.Mean(GridParts.Row(Grid, row)))];
        // A picture that shows much loses more, and what it shows more of is the middle: so rows differ by a little, not by a factor of a hundred.
        Assert.All(shares, found => Assert.InRange(found, 0.93 * share, 1.07 * share));
    }

    /// <summary>A row r of h is covered by a block of b rows with probability min(r+1, h-r, b, h-b+1)/(h-b+1).</summary>
    [Fact]
    public void Targets_cover_rows_as_uniform_places_do()
    {
        PatchGrid grid = new(9, 11);
        MaskSettings one = new() { TargetBlocks = 1, TargetScale = new(12.0 / 99, 12.0 / 99), TargetAspect = new(0.75, 0.75), MinKeep = 4 };      // 3x4 always
        MaskStatistics drawn = new(MaskSampler.Create(one with { ContextQuantile = 0 }, grid, Seed), batches: 3000, batchSize: 16);
        Assert.Equal(["3x4"], drawn.TargetBlocks.Keys);
        for (int row = 0; row < grid.Rows; row++)
        {
            double covered = Math.Min(Math.Min(row + 1, grid.Rows - row), Math.Min(3, grid.Rows - 3 + 1)) / (grid.Rows - 3 + 1.0);
            int[] patches = GridParts.Row(grid, row);
            Assert.InRange((drawn.TargetAny.Mean(patches) - covered * 4 / grid.Columns) / drawn.TargetAny.Error(patches), -Errors, Errors);
        }
    }

    [Fact]
    public void Area_and_aspect_are_independent()
    {
        Assert.True(Drawn.Value.TargetBlocks.Count >= 10, $"only {string.Join(", ", Drawn.Value.TargetBlocks.Keys)}");
        (double Area, double Aspect)[] sizes = [.. Drawn.Value.TargetBlocks.SelectMany(size => Enumerable.Repeat(Parse(size.Key), size.Value))];
        double area = sizes.Average(size => size.Area), aspect = sizes.Average(size => size.Aspect);
        double correlation = sizes.Sum(size => (size.Area - area) * (size.Aspect - aspect))
            / Math.Sqrt(sizes.Sum(size => Math.Pow(size.Area - area, 2)) * sizes.Sum(size => Math.Pow(size.Aspect - aspect, 2)));
        Assert.InRange(correlation, -0.1, 0.1);                              // the reference's: above 0.8
    }

    [Fact]
    public void Context_scale_has_an_effect()
    {
        // sqrt(0.85 * 196) = 12.9 to 14, so 13 below an area of 13.5^2 = 182.25: for 53 % of the scale.
        ChiSquare.CheckFit("context blocks", new Dictionary<string, double> { ["13x13"] = 15.65 / 29.4, ["14x14"] = 13.75 / 29.4 }, Drawn.Value.ContextBlocks);
    }

    [Fact]
    public void Side_that_is_too_long_gives_its_area_to_the_other()
    {
        PatchGrid wide = new(6, 24);
        MaskStatistics drawn = new(MaskSampler.Create(Settings with { ContextScale = new(0.5, 0.5), MinKeep = 4 }, wide, Seed), batches: 20, batchSize: 4);
        Assert.Equal(["6x12"], drawn.ContextBlocks.Keys);
    }

    [Fact]
    public void Amount_of_context_does_not_depend_on_the_batch()
    {
        MaskSampler sampler = MaskSampler.Create(Settings, Grid, Seed);
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(
            sampler.Sample(step, BatchSlice.Whole(1)).ContextPatches, sampler.Sample(step, BatchSlice.Whole(200)).ContextPatches));
    }

    /// <summary>With 5 % below the quantile, 1/0.95 attempts are needed; the quantile itself is measured on 4096 pictures, and many pictures lie exactly on it.</summary>
    [Fact]
    public void One_picture_in_twenty_is_drawn_again() => Assert.InRange(Drawn.Value.Attempts.Mean(), 1.03, 1.06);

    [Fact]
    public void With_quantile_0_no_picture_is_drawn_again()
    {
        MaskStatistics drawn = new(MaskSampler.Create(Settings with { ContextQuantile = 0 }, Grid, Seed), batches: 100, batchSize: 640);
        Assert.Equal(1, drawn.Attempts.Mean());
    }

    private static void CheckZero(string what, BatchMeans difference) =>
        Assert.True(Math.Abs(difference.Mean()) <= Errors * difference.Error([0]), $"{what}: {difference.Mean()} apart, standard error {difference.Error([0])}");

    private static (double Area, double Aspect) Parse(string size)
    {
        double[] sides = [.. size.Split('x').Select(double.Parse)];
        return (sides[0] * sides[1], Math.Log(sides[0] / sides[1]));
    }
}
