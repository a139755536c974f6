using System.Globalization;
using Fovea.Training.Pretraining;
using Fovea.Training.Tests.Pretraining;

namespace Fovea.Bench;

/// <summary>Both mask samplers: what they draw, as the table of docs/i-jepa.md, and what a picture costs.</summary>
internal static class MaskBenchmark
{
    private const ulong Seed = 20240613;
    private const int Rounds = 9, TimedBatch = 320;

    private static readonly int[] BatchSizes = [1, 32, 320, 640];

    private static readonly (string Name, MaskSampler Sampler)[] Samplers =
    [
        .. from grid in (PatchGrid[])[new(14, 14), new(8, 8)]
           from kind in Enum.GetValues<MaskSamplerKind>().OrderDescending()
           select ($"`{kind.ToString().ToLowerInvariant()}` {grid}", MaskSampler.Create(new MaskSettings { Sampler = kind, MinKeep = grid.Rows == 8 ? 4 : 10 }, grid, Seed)),
    ];

    public static int Run()
    {
        Console.WriteLine($"default settings, min_keep 4 at 8x8; 128000 pictures (3000 in batches of 1), seed {Seed}; rows are counted from the top\n");
        Console.WriteLine($"| | {string.Join(" | ", Samplers.Select(sampler => sampler.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", Samplers.Length))}");
        foreach ((string name, string[] cells) in Rows()) Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        return 0;
    }

    private static IEnumerable<(string Name, string[] Cells)> Rows()
    {
        Dictionary<int, MaskStatistics>[] drawn = [.. Samplers.Select(sampler => BatchSizes.ToDictionary(size => size, size => new MaskStatistics(sampler.Sampler, size == 1 ? 3000 : 128_000 / size, size)))];
        MaskStatistics[] large = [.. drawn.Select(statistics => statistics[320])];
        yield return ("patches that are never used", [.. large.Select(Unused)]);
        yield return ("sizes of a target block", [.. drawn.Select(statistics => Shares(statistics[32].TargetBlocks))]);
        yield return ("patches of a target, mean", [.. drawn.Select(statistics => Text(statistics[32].TargetSize.Mean()))]);
        yield return ("sizes of a context block", [.. drawn.Select(statistics => Shares(statistics[32].ContextBlocks))]);
        yield return ("patches in any target, mean", [.. drawn.Select(statistics => Text(statistics[32].TargetUnion.Mean()))]);
        yield return ("context before the cut, mean", [.. drawn.Select(statistics => Text(statistics[32].Visible.Mean()))]);
        foreach (int size in BatchSizes) yield return ($"context after the cut, batch {size}", [.. drawn.Select(statistics => Text(statistics[size].ContextSize.Mean()))]);
        yield return ("visible context thrown away, batch 320", [.. large.Select(statistics => Percent(1 - statistics.ContextSize.Mean() / statistics.Visible.Mean()))]);
        yield return ("pictures drawn again", [.. large.Select(statistics => Percent(1 - 1 / statistics.Attempts.Mean()))]);
        foreach ((string name, Func<PatchGrid, int> row) in ((string, Func<PatchGrid, int>)[])[("first row", _ => 0), ("middle row", grid => grid.Rows / 2), ("last row but one", grid => grid.Rows - 2), ("last row", grid => grid.Rows - 1)])
        {
            yield return ($"a patch of the {name} is context: before, after the cut", [.. Samplers.Zip(large, (sampler, statistics) => Coverage(statistics, GridParts.Row(sampler.Sampler.Grid, row(sampler.Sampler.Grid))))]);
        }
        yield return ("processor microseconds a picture", Times());
    }

    private static string Unused(MaskStatistics statistics)
    {
        int patches = statistics.Patches;
        int unused = Enumerable.Range(0, patches).Count(patch => statistics.ContextAfter.Mean([patch]) + statistics.TargetAny.Mean([patch]) == 0);
        return $"{unused} of {patches}";
    }

    private static string Coverage(MaskStatistics statistics, int[] patches) =>
        string.Create(CultureInfo.InvariantCulture, $"{statistics.ContextBefore.Mean(patches):F3}, {statistics.ContextAfter.Mean(patches):F3}");

    private static string Shares(IReadOnlyDictionary<string, int> counts)
    {
        double total = counts.Values.Sum();
        (string Size, int Count)[] common = [.. counts.Select(size => (size.Key, size.Value)).OrderByDescending(size => size.Value).Take(6)];
        string rest = counts.Count > common.Length ? $" and {counts.Count - common.Length} more" : "";
        return string.Join(", ", common.Select(size => $"{size.Size} {Percent(size.Count / total)}")) + rest;
    }

    private static string[] Times()
    {
        double[][] times = [.. Samplers.Select(_ => new double[Rounds])];
        for (int round = -2; round < Rounds; round++)                          // the first two warm up
        {
            for (int sampler = 0; sampler < Samplers.Length; sampler++)
            {
                double microseconds = Time(Samplers[sampler].Sampler);
                if (round >= 0) times[sampler][round] = microseconds;
            }
        }
        return [.. times.Select(rounds => string.Create(CultureInfo.InvariantCulture, $"{rounds.Order().ElementAt(Rounds / 2):F2}"))];
    }

    private static double Time(MaskSampler sampler)
    {
        const int Batches = 100;
        TimeSpan start = Environment.CpuUsage.TotalTime;                       // processor time: neighbours do not count
        for (int step = 0; step < Batches; step++) sampler.Sample(step, BatchSlice.Whole(TimedBatch));
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / (Batches * TimedBatch);
    }

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");
}
