namespace Fovea.Training.Pretraining;

/// <summary>Where the blocks of some pictures lie.</summary>
/// <param name="pictures">Pictures.</param>
/// <param name="contextBlocks">Context blocks of each.</param>
/// <param name="targetBlocks">Target blocks of each.</param>
internal sealed class PlacedBatch(int pictures, int contextBlocks, int targetBlocks)
{
    private readonly PlacedContext[] _contexts = new PlacedContext[checked(pictures * contextBlocks)];
    private readonly Block[] _targets = new Block[checked(pictures * targetBlocks)];

    /// <summary>The number of pictures.</summary>
    public int Pictures => pictures;

    /// <summary>Context blocks of each picture.</summary>
    public int ContextBlocks => contextBlocks;

    /// <summary>Target blocks of each picture.</summary>
    public int TargetBlocks => targetBlocks;

    /// <summary>The contexts of one picture: [contextBlocks].</summary>
    public Span<PlacedContext> ContextsOf(int picture) => _contexts.AsSpan(picture * contextBlocks, contextBlocks);

    /// <summary>The targets of one picture: [targetBlocks].</summary>
    public Span<Block> TargetsOf(int picture) => _targets.AsSpan(picture * targetBlocks, targetBlocks);
}
