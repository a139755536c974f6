namespace Fovea.Training.Pretraining;

/// <summary>
/// The reference's sampler, draw by draw, with what is wrong in it: the last row and column are never used, the cut to the least context of a batch removes
/// the bottom of the pictures, a context that stays too small gives up targets (docs/i-jepa.md). It serves comparison with the reference.
/// </summary>
internal sealed class CompatMaskSampler : MaskSampler
{
    private const int FailuresPerTarget = 20;

    private readonly ulong _seed;
    private readonly CompatBlockSizes _targetSizes, _contextSizes;

    /// <inheritdoc cref="MaskSampler.Create"/>
    public CompatMaskSampler(MaskSettings settings, PatchGrid grid, ulong seed)
        : base(settings, grid)
    {
        _seed = seed;
        _targetSizes = new(grid, settings.TargetScale, settings.TargetAspect);
        _contextSizes = new(grid, settings.ContextScale, new Interval(1, 1));
        MaskRules.CheckSmallest("target", TargetSizes.Keys, settings.MinKeep, grid);
        MaskRules.CheckSmallest("context", ContextSizes.Keys, settings.MinKeep, grid);
    }

    /// <summary>The probability of every size of a target block.</summary>
    public IReadOnlyDictionary<BlockSize, double> TargetSizes => _targetSizes.Distribution();

    /// <summary>The probability of every size of a context block.</summary>
    public IReadOnlyDictionary<BlockSize, double> ContextSizes => _contextSizes.Distribution();

    /// <inheritdoc/>
    public override MaskBatch Sample(long step, BatchSlice slice)
    {
        SeededMaskDraws draws = new(_seed, step);
        return Sample(ref draws, slice);
    }

    /// <summary>The masks that follow from these draws, which are asked for in the reference's order.</summary>
    public MaskBatch Sample<TDraws>(ref TDraws draws, BatchSlice slice)
        where TDraws : IMaskDraws
    {
        BlockSize target = _targetSizes.At(draws.NextUniform()), context = _contextSizes.At(draws.NextUniform());
        PlacedBatch placed = new(slice.Count, Settings.ContextBlocks, Settings.TargetBlocks);
        PlacedBatch other = new(1, Settings.ContextBlocks, Settings.TargetBlocks);
        int least = int.MaxValue;
        for (int position = 0; position < slice.Batch; position++)
        {
            (PlacedBatch into, int picture) = slice.Holds(position) ? (placed, position - slice.First) : (other, 0);
            draws.BeginPicture(position);
            least = Math.Min(least, Place(ref draws, target, context, into.TargetsOf(picture), into.ContextsOf(picture)));
        }
        return Cut(placed, least);
    }

    // Contexts are cut to their first patches, as in the reference.
    private MaskBatch Cut(PlacedBatch placed, int contextPatches)
    {
        MaskBatch batch = new(placed, Grid, contextPatches);
        PatchSet patches = new(stackalloc ulong[Grid.Rows]);
        for (int picture = 0; picture < batch.Pictures; picture++)
        {
            for (int block = 0; block < Settings.ContextBlocks; block++)
            {
                Show(placed.ContextsOf(picture)[block], placed.TargetsOf(picture), patches);
                patches.CopyFirst(batch.ContextOf(block, picture), Grid.Columns);
            }
        }
        return batch;
    }

    // Places the blocks of one picture; the least number of visible patches among its contexts.
    private int Place<TDraws>(ref TDraws draws, BlockSize target, BlockSize context, Span<Block> targets, Span<PlacedContext> contexts)
        where TDraws : IMaskDraws
    {
        PatchSet patches = new(stackalloc ulong[Grid.Rows]);
        foreach (ref Block block in targets) block = Place(ref draws, target);
        int least = int.MaxValue;
        foreach (ref PlacedContext block in contexts)
        {
            block = PlaceContext(ref draws, context, targets, patches);
            least = Math.Min(least, block.Visible);
        }
        return least;
    }

    // Ends after 20 failures for each target at the latest: then the whole block is visible, which MaskRules made sure is enough.
    private PlacedContext PlaceContext<TDraws>(ref TDraws draws, BlockSize size, ReadOnlySpan<Block> targets, PatchSet patches)
        where TDraws : IMaskDraws
    {
        for (int failures = 0; ; failures++)
        {
            int givenUp = Settings.AllowsOverlap ? 0 : Math.Min(targets.Length, failures / FailuresPerTarget);
            PlacedContext context = new(Place(ref draws, size), 0, failures + 1, givenUp);
            Show(context, targets, patches);
            int visible = patches.Count;
            if (visible > Settings.MinKeep) return context with { Visible = visible };
        }
    }

    // Row first, then column; never the last possible place.
    private Block Place<TDraws>(ref TDraws draws, BlockSize size)
        where TDraws : IMaskDraws
    {
        int top = draws.NextInteger(Grid.Rows - size.Rows);
        return new(top, draws.NextInteger(Grid.Columns - size.Columns), size);
    }
}
