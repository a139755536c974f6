using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>What a sampler draws, over many batches. Pictures of a batch share their block sizes, so batches, not pictures, are the independent samples.</summary>
internal sealed class MaskStatistics
{
    private readonly MaskSampler _sampler;

    /// <param name="sampler">Whose masks.</param>
    /// <param name="batches">How many batches: steps 0, 1, ...</param>
    /// <param name="batchSize">Pictures of each.</param>
    public MaskStatistics(MaskSampler sampler, int batches, int batchSize)
    {
        _sampler = sampler;
        int patches = sampler.Grid.Patches;
        (ContextBefore, ContextAfter, TargetAny) = (new(patches), new(patches), new(patches));
        for (int step = 0; step < batches; step++) Add(sampler.Sample(step, BatchSlice.Whole(batchSize)));
    }

    /// <summary>Patches of the grid.</summary>
    public int Patches => _sampler.Grid.Patches;

    /// <summary>How often each size of a target block was drawn, in batches.</summary>
    public SortedDictionary<string, int> TargetBlocks { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each size of a context block was drawn, in batches.</summary>
    public SortedDictionary<string, int> ContextBlocks { get; } = new(StringComparer.Ordinal);

    /// <summary>How often contexts were cut to each number of patches, in batches.</summary>
    public SortedDictionary<int, int> ContextSizes { get; } = [];

    /// <summary>Patches of a target.</summary>
    public BatchMeans TargetSize { get; } = new(1);

    /// <summary>Patches of a context after the cut.</summary>
    public BatchMeans ContextSize { get; } = new(1);

    /// <summary>Patches that a context shows before the cut.</summary>
    public BatchMeans Visible { get; } = new(1);

    /// <summary>Patches in any target.</summary>
    public BatchMeans TargetUnion { get; } = new(1);

    /// <summary>Attempts to place a picture's first context.</summary>
    public BatchMeans Attempts { get; } = new(1);

    /// <summary>For each patch, the share of pictures whose first context showed it before the cut.</summary>
    public BatchMeans ContextBefore { get; }

    /// <summary>For each patch, the share of pictures whose first context has it.</summary>
    public BatchMeans ContextAfter { get; }

    /// <summary>For each patch, the share of pictures of which it is in a target.</summary>
    public BatchMeans TargetAny { get; }

    private void Add(MaskBatch masks)
    {
        Count(TargetBlocks, masks.Placed.TargetsOf(0)[0].Size.ToString());
        Count(ContextBlocks, masks.Placed.ContextsOf(0)[0].Block.Size.ToString());
        Count(ContextSizes, masks.ContextPatches);
        TargetSize.Add([masks.TargetPatches]);
        ContextSize.Add([masks.ContextPatches]);
        AddMaps(masks);
    }

    private void AddMaps(MaskBatch masks)
    {
        int[] before = new int[_sampler.Grid.Patches], after = new int[before.Length], targets = new int[before.Length];
        int visible = 0, union = 0, attempts = 0;
        for (int picture = 0; picture < masks.Pictures; picture++)
        {
            HashSet<long> inTargets = [.. Enumerable.Range(0, masks.Targets.Count).SelectMany(block => masks.TargetOf(block, picture).ToArray())];
            foreach (long patch in inTargets) targets[patch]++;
            foreach (long patch in masks.ContextOf(0, picture)) after[patch]++;
            PlacedContext context = masks.Placed.ContextsOf(picture)[0];
            foreach (long patch in PatchesOf(context.Block)) before[patch] += inTargets.Contains(patch) && !_sampler.Settings.AllowsOverlap ? 0 : 1;
            visible += context.Visible;
            attempts += context.Attempts;
            union += inTargets.Count;
        }
        foreach ((BatchMeans means, int[] counts) in new[]
        {
            (ContextBefore, before), (ContextAfter, after), (TargetAny, targets), (Visible, [visible]), (Attempts, [attempts]), (TargetUnion, [union]),
        })
        {
            means.Add([.. counts.Select(count => count / (double)masks.Pictures)]);
        }
    }

    private long[] PatchesOf(Block block)
    {
        long[] patches = new long[block.Size.Patches];
        block.CopyPatches(patches, _sampler.Grid.Columns);
        return patches;
    }

    private static void Count<TKey>(SortedDictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
