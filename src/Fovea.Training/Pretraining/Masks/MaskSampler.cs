namespace Fovea.Training.Pretraining;

/// <summary>
/// Draws context and target blocks. Masks are a function of (seed, step, position in the global batch) alone: every process draws the whole batch, which is cheap,
/// and hands out its slice. Safe to call from many threads.
/// </summary>
internal abstract class MaskSampler
{
    /// <param name="settings">What to draw.</param>
    /// <param name="grid">Where.</param>
    /// <exception cref="ArgumentException">The settings cannot be met in this grid; the sentence says why.</exception>
    protected MaskSampler(MaskSettings settings, PatchGrid grid)
    {
        MaskRules.Check(settings, grid);
        Settings = settings;
        Grid = grid;
    }

    /// <summary>What is drawn.</summary>
    public MaskSettings Settings { get; }

    /// <summary>Where it is drawn.</summary>
    public PatchGrid Grid { get; }

    /// <summary>The sampler that the settings name.</summary>
    /// <param name="settings">What to draw.</param>
    /// <param name="grid">The grid of patches of the training pictures; at most 64x64.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">The settings cannot be met in this grid; the sentence says why.</exception>
    public static MaskSampler Create(MaskSettings settings, PatchGrid grid, ulong seed) => settings.Sampler switch
    {
        MaskSamplerKind.Compat => new CompatMaskSampler(settings, grid, seed),
        _ => new UnbiasedMaskSampler(settings, grid, seed),
    };

    /// <summary>The masks of a slice of a step's global batch.</summary>
    /// <param name="step">The global step, from 0: one optimiser update over all processes.</param>
    /// <param name="slice">Which pictures of the global batch.</param>
    public abstract MaskBatch Sample(long step, BatchSlice slice);

    /// <summary>The patches of a placed context: its block, without those targets that it avoids.</summary>
    protected void Show(in PlacedContext context, ReadOnlySpan<Block> targets, PatchSet patches)
    {
        patches.Fill(context.Block);
        if (Settings.AllowsOverlap) return;
        foreach (Block target in targets[..^context.TargetsGivenUp]) patches.Remove(target);
    }
}
