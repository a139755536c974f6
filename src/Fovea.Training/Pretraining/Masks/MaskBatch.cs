namespace Fovea.Training.Pretraining;

/// <summary>
/// The masks of a slice of a batch: which patches each picture shows and which are to be predicted. A patch's number is row * columns + column; special tokens do
/// not count. All pictures of the global batch have equally many, so that each array is one tensor, ready to gather by.
/// </summary>
internal sealed class MaskBatch
{
    /// <param name="placed">Where the blocks lie.</param>
    /// <param name="grid">The grid they lie in.</param>
    /// <param name="contextPatches">Patches that every context is cut to.</param>
    public MaskBatch(PlacedBatch placed, PatchGrid grid, int contextPatches)
    {
        Placed = placed;
        ContextPatches = contextPatches;
        TargetPatches = placed.TargetsOf(0)[0].Size.Patches;
        Contexts = Allocate(placed.ContextBlocks, ContextPatches);
        Targets = Allocate(placed.TargetBlocks, TargetPatches);
        for (int picture = 0; picture < Pictures; picture++)
        {
            ReadOnlySpan<Block> blocks = placed.TargetsOf(picture);
            for (int block = 0; block < blocks.Length; block++) blocks[block].CopyPatches(TargetOf(block, picture), grid.Columns);
        }
    }

    /// <summary>Pictures of the slice.</summary>
    public int Pictures => Placed.Pictures;

    /// <summary>Patches of every context.</summary>
    public int ContextPatches { get; }

    /// <summary>Patches of every target.</summary>
    public int TargetPatches { get; }

    /// <summary>One array for each context block: [pictures, contextPatches], ascending within a picture.</summary>
    public IReadOnlyList<long[]> Contexts { get; }

    /// <summary>One array for each target block: [pictures, targetPatches], ascending within a picture.</summary>
    public IReadOnlyList<long[]> Targets { get; }

    /// <summary>The blocks themselves, and how contexts came about before the cut: for statistics.</summary>
    public PlacedBatch Placed { get; }

    /// <summary>The context of one picture: [contextPatches].</summary>
    public Span<long> ContextOf(int block, int picture) => Contexts[block].AsSpan(picture * ContextPatches, ContextPatches);

    /// <summary>One target of one picture: [targetPatches].</summary>
    public Span<long> TargetOf(int block, int picture) => Targets[block].AsSpan(picture * TargetPatches, TargetPatches);

    private long[][] Allocate(int blocks, int patches) => [.. Enumerable.Range(0, blocks).Select(_ => new long[Pictures * patches])];
}
