using Fovea.Training.Randomness;

namespace Fovea.Training.Pretraining;

/// <summary>
/// Multi-block masks (Assran et al. 2023, sec. 3) without the faults of the reference's sampler: area and aspect are independent, a block can lie everywhere in the
/// grid, a context is cut to a random part of what it shows, never shows a target, and is as large in a small batch as in a large one (docs/i-jepa.md).
/// </summary>
internal sealed class UnbiasedMaskSampler : MaskSampler
{
    private const int Redraws = 20;
    private const int MostAttempts = 1000;

    private readonly ulong _seed;
    private readonly UnbiasedBlockSizes _targetSizes, _contextSizes;
    private readonly ContextSizes _contextPatches;

    /// <inheritdoc cref="MaskSampler.Create"/>
    public UnbiasedMaskSampler(MaskSettings settings, PatchGrid grid, ulong seed)
        : base(settings, grid)
    {
        _seed = seed;
        _targetSizes = new(grid, settings.TargetScale, settings.TargetAspect);
        _contextSizes = new(grid, settings.ContextScale, new Interval(1, 1));
        MaskRules.CheckSmallest("target", _targetSizes.Smallest(), settings.MinKeep, grid);
        MaskRules.CheckSmallest("context", _contextSizes.Smallest(), settings.MinKeep, grid);
        _contextPatches = new(Measure, settings, grid);
        foreach (BlockSize target in _targetSizes.Largest()) _contextPatches.For(target, _contextSizes.Smallest().First());
    }

    /// <inheritdoc/>
    public override MaskBatch Sample(long step, BatchSlice slice)
    {
        RandomStream sizes = new(_seed, RandomPurpose.MaskSizes, step);
        BlockSize target = _targetSizes.Next(ref sizes), context = _contextSizes.Next(ref sizes);
        int wanted = _contextPatches.For(target, context), least = int.MaxValue;
        PlacedBatch placed = new(slice.Count, Settings.ContextBlocks, Settings.TargetBlocks), other = new(1, Settings.ContextBlocks, Settings.TargetBlocks);
        RandomStream[] streams = new RandomStream[slice.Count];
        for (int position = 0; position < slice.Batch; position++)
        {
            (PlacedBatch into, int picture) = slice.Holds(position) ? (placed, position - slice.First) : (other, 0);
            RandomStream random = new(_seed, RandomPurpose.MaskPlaces, step, position);
            least = Math.Min(least, Place(ref random, (target, context), wanted, into.TargetsOf(picture), into.ContextsOf(picture)));
            if (into == placed) streams[picture] = random;
        }
        return Cut(placed, Settings.ContextQuantile == 0 ? least : Math.Min(wanted, least), streams);
    }

    /// <summary>Places the blocks of one picture, drawing all of them again until every context shows what is wanted, but not for ever: then the batch is cut to what it shows.</summary>
    /// <param name="random">The picture's numbers.</param>
    /// <param name="sizes">Of the step's blocks.</param>
    /// <param name="wanted">Visible patches; more than the least number that a block keeps.</param>
    /// <param name="targets">[targetBlocks], written.</param>
    /// <param name="contexts">[contextBlocks], written.</param>
    /// <returns>The least number of visible patches among its contexts.</returns>
    /// <exception cref="ArgumentException">Targets leave less than the least number time after time.</exception>
    public int Place(ref RandomStream random, (BlockSize Target, BlockSize Context) sizes, int wanted, Span<Block> targets, Span<PlacedContext> contexts)
    {
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            int least = PlaceOnce(ref random, sizes, attempt, targets, contexts);
            if (least >= wanted || (attempt > Redraws && least > Settings.MinKeep)) return least;
        }
        throw MaskRules.TooLittleContext(sizes.Target, sizes.Context, Settings, Grid);
    }

    // Contexts are cut to a random subset; each picture goes on with its own stream.
    private MaskBatch Cut(PlacedBatch placed, int contextPatches, RandomStream[] streams)
    {
        MaskBatch batch = new(placed, Grid, contextPatches);
        PatchSet patches = new(stackalloc ulong[Grid.Rows]);
        for (int picture = 0; picture < batch.Pictures; picture++)
        {
            for (int block = 0; block < Settings.ContextBlocks; block++)
            {
                Show(placed.ContextsOf(picture)[block], placed.TargetsOf(picture), patches);
                patches.CopyRandom(batch.ContextOf(block, picture), Grid.Columns, ref streams[picture]);
            }
        }
        return batch;
    }

    private int Measure(ref RandomStream random, BlockSize target, BlockSize context)
    {
        Span<Block> targets = stackalloc Block[Settings.TargetBlocks];
        Span<PlacedContext> contexts = stackalloc PlacedContext[Settings.ContextBlocks];
        return PlaceOnce(ref random, (target, context), 1, targets, contexts);
    }

    private int PlaceOnce(ref RandomStream random, (BlockSize Target, BlockSize Context) sizes, int attempt, Span<Block> targets, Span<PlacedContext> contexts)
    {
        PatchSet patches = new(stackalloc ulong[Grid.Rows]);
        foreach (ref Block block in targets) block = Place(ref random, sizes.Target);
        int least = int.MaxValue;
        foreach (ref PlacedContext block in contexts)
        {
            block = new(Place(ref random, sizes.Context), 0, attempt, 0);
            Show(block, targets, patches);
            block = block with { Visible = patches.Count };
            least = Math.Min(least, block.Visible);
        }
        return least;
    }

    // Every place is possible: the last row and column are covered as often as the first.
    private Block Place(ref RandomStream random, BlockSize size)
    {
        int top = random.NextInteger(Grid.Rows - size.Rows + 1);
        return new(top, random.NextInteger(Grid.Columns - size.Columns + 1), size);
    }
}
