using System.Collections.Concurrent;
using Fovea.Training.Randomness;

namespace Fovea.Training.Pretraining;

/// <summary>
/// How many patches contexts are cut to: a quantile of what pictures show, measured once for each pair of block sizes with pictures of its own. It depends on the
/// settings alone, neither on the batch nor on the run's seed, so all processes and all restarts agree.
/// </summary>
/// <param name="least">Places the blocks of one picture once and gives the least number of visible patches among its contexts.</param>
/// <param name="settings">What is drawn.</param>
/// <param name="grid">Where.</param>
internal sealed class ContextSizes(ContextSizes.PlaceOnce least, MaskSettings settings, PatchGrid grid)
{
    private const int MeasuredPictures = 4096;
    private const ulong Seed = 0x666F766561;

    private readonly ConcurrentDictionary<(BlockSize Target, BlockSize Context), int> _measured = new();

    public delegate int PlaceOnce(ref RandomStream random, BlockSize target, BlockSize context);

    /// <summary>The patches that every context has to show; where the quantile is 0, one more than the least number that a block keeps.</summary>
    /// <exception cref="ArgumentException">In more than half of the pictures the targets leave no context of more than the least number of patches.</exception>
    public int For(BlockSize target, BlockSize context) => _measured.GetOrAdd((target, context), Measure);

    private int Measure((BlockSize Target, BlockSize Context) sizes)
    {
        int[] visible = new int[MeasuredPictures];
        for (int picture = 0; picture < visible.Length; picture++)
        {
            RandomStream random = new(Seed, RandomPurpose.MaskPlaces, place: picture);
            visible[picture] = least(ref random, sizes.Target, sizes.Context);
        }
        Array.Sort(visible);
        if (visible[MeasuredPictures / 2] <= settings.MinKeep) throw MaskRules.TooLittleContext(sizes.Target, sizes.Context, settings, grid);
        int quantile = settings.ContextQuantile == 0 ? 0 : visible[(int)(settings.ContextQuantile * MeasuredPictures)];
        return Math.Max(settings.MinKeep + 1, quantile);
    }
}
