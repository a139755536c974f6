using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>The reference's sampler with our random numbers draws what the reference draws. The seed is fixed: these tests pass always or never.</summary>
public class CompatMaskStatisticsTests
{
    private const ulong Seed = 20240613;

    /// <summary>Some 700 means are compared; of 1000, one is further than 4 errors off in 16 seeds.</summary>
    private const double Errors = 4;

    private static readonly ConcurrentDictionary<string, Lazy<MaskStatistics>> Drawn = new();

    public static TheoryData<string> Runs => MaskGoldens.Names("statistics");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void Target_sizes_have_the_exact_probabilities(string run)
    {
        (JsonNode expected, MaskStatistics found) = Draw(run);
        CompatMaskSampler sampler = new(MaskGoldens.Documented(), MaskGoldens.Grid(expected["grid"]!), Seed);
        ChiSquare.CheckFit($"{run}, target sizes", sampler.TargetSizes.ToDictionary(size => size.Key.ToString(), size => size.Value), found.TargetBlocks);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void Contexts_are_cut_to_sizes_distributed_as_the_references(string run)
    {
        (JsonNode expected, MaskStatistics found) = Draw(run);
        Dictionary<int, int> histogram = expected["context_size_after_cut_histogram"]!.AsObject().ToDictionary(bin => int.Parse(bin.Key, CultureInfo.InvariantCulture), bin => (int)bin.Value!);
        ChiSquare.CheckSame($"{run}, context sizes", histogram, found.ContextSizes);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void Context_blocks_and_attempts_are_the_references(string run)
    {
        (JsonNode expected, MaskStatistics found) = Draw(run);
        Assert.Equal(expected["context_block_counts"]!.AsObject().ToDictionary(size => size.Key, size => (int)size.Value!), found.ContextBlocks);
        Assert.Equal(["1"], expected["context_attempts_histogram"]!.AsObject().Select(bin => bin.Key));
        Assert.Equal(1, found.Attempts.Mean());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void Mean_sizes_are_the_references(string run)
    {
        (JsonNode expected, MaskStatistics found) = Draw(run);
        int batches = (int)expected["batches"]!;
        foreach ((string name, BatchMeans means) in new[]
        {
            ("target_size", found.TargetSize), ("context_size_after_cut", found.ContextSize), ("context_size_before_cut", found.Visible), ("target_union", found.TargetUnion),
        })
        {
            if (expected[name] is { } golden) Check($"{run}, {name}", (double)golden["mean"]!, means, [0], batches, rounding: 5.1e-5);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void Every_patch_row_and_column_is_covered_as_in_the_reference(string run)
    {
        (JsonNode expected, MaskStatistics found) = Draw(run);
        PatchGrid grid = MaskGoldens.Grid(expected["grid"]!);
        foreach ((string name, BatchMeans means) in new[] { ("context_before_cut", found.ContextBefore), ("context_after_cut", found.ContextAfter), ("target_any", found.TargetAny) })
        {
            CheckParts(expected, run, $"{name}_by_row", means, [.. Enumerable.Range(0, grid.Rows).Select(row => GridParts.Row(grid, row))]);
            CheckParts(expected, run, $"{name}_by_column", means, [.. Enumerable.Range(0, grid.Columns).Select(column => GridParts.Column(grid, column))]);
            CheckParts(expected, run, $"{name}_map", means, [.. Enumerable.Range(0, grid.Patches).Select(patch => (int[])[patch])]);
        }
    }

    private static void CheckParts(JsonNode expected, string run, string name, BatchMeans found, int[][] parts)
    {
        if (expected[name] is not { } golden) return;                      // batches of 1 and 640 have sizes only
        double[] values = MaskGoldens.Doubles(golden);
        Assert.Equal(parts.Length, values.Length);
        for (int part = 0; part < parts.Length; part++) Check($"{run}, {name} {part}", values[part], found, parts[part], (int)expected["batches"]!, rounding: 5.1e-6);
    }

    // The golden is a mean over batches too, with the same deviation from batch to batch.
    private static void Check(string what, double golden, BatchMeans found, int[] quantities, int batches, double rounding)
    {
        double error = Math.Sqrt(Math.Pow(found.Error(quantities), 2) + Math.Pow(found.Deviation(quantities), 2) / batches);
        double difference = found.Mean(quantities) - golden;
        Assert.True(Math.Abs(difference) <= Errors * error + rounding, $"{what}: {found.Mean(quantities)}, golden {golden}: {difference / error:F1} standard errors of {error:G2} apart");
    }

    private static (JsonNode Expected, MaskStatistics Found) Draw(string run)
    {
        JsonNode expected = MaskGoldens.Read()["statistics"]![run]!;
        MaskStatistics found = Drawn.GetOrAdd(run, _ => new(() => new MaskStatistics(
            MaskSampler.Create(MaskGoldens.Documented(), MaskGoldens.Grid(expected["grid"]!), Seed), (int)expected["batches"]!, (int)expected["batch_size"]!))).Value;
        return (expected, found);
    }
}
