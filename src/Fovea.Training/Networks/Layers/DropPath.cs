using Fovea.Training.Randomness;
using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>
/// Stochastic depth (Huang et al. 2016) as the reference has it: attention and feed-forward branch of a block are left out picture by picture, and
/// multiplied by 1 / (1 - rate) where they stay. Which are left out is a function of (seed, step, block, picture).
/// </summary>
internal sealed class DropPath
{
    private readonly ulong _seed;
    private readonly float[] _rates;

    /// <param name="rate">Of the last block, 0 to below 1; it rises linearly from 0 at the first.</param>
    /// <param name="depth">Blocks.</param>
    /// <param name="frozenBlocks">Blocks from the first on that are not trained and drop nothing.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">The rate is outside of its range.</exception>
    public DropPath(double rate, int depth, int frozenBlocks, ulong seed)
    {
        if (rate is not (>= 0 and < 1)) throw new ArgumentException($"a drop path of {rate} cannot be; it is 0 or more, and below 1.");
        _seed = seed;
        _rates = [.. Enumerable.Range(0, depth).Select(block => block < frozenBlocks ? 0 : RateOf((float)rate, block, depth))];
    }

    /// <summary>The rate of each block.</summary>
    public IReadOnlyList<float> Rates => _rates;

    /// <summary>What branches of a batch are multiplied with; null where nothing is dropped.</summary>
    /// <param name="step">The global step.</param>
    /// <param name="first">The first picture's position in the step's global batch.</param>
    /// <param name="pictures">Pictures.</param>
    /// <param name="device">Where the network lives.</param>
    public DropPathFactors? Draw(long step, int first, int pictures, Device device)
    {
        if (_rates.All(rate => rate == 0)) return null;
        float[] factors = new float[_rates.Length * 2 * pictures];
        for (int block = 0; block < _rates.Length; block++)
        {
            if (_rates[block] > 0) Draw(block, new RandomStream(_seed, RandomPurpose.DropPath, step, block), first, factors.AsSpan(block * 2 * pictures, 2 * pictures));
        }
        return new DropPathFactors(tensor(factors, [_rates.Length, 2, pictures, 1, 1]).to(device), _rates);
    }

    // Picture by picture, first the attention: a picture's numbers do not depend on how the batch is divided.
    private void Draw(int block, RandomStream random, int first, Span<float> factors)
    {
        float kept = 1 / (1 - _rates[block]);
        int pictures = factors.Length / 2;
        for (int skipped = 0; skipped < 2 * first; skipped++) random.NextBits();
        for (int picture = 0; picture < pictures; picture++)
        {
            factors[picture] = random.NextUniform() < _rates[block] ? 0 : kept;
            factors[pictures + picture] = random.NextUniform() < _rates[block] ? 0 : kept;
        }
    }

    // linspace in float32, as libtorch counts it: from both ends to the middle.
    private static float RateOf(float rate, int block, int depth)
    {
        if (depth < 2) return 0;
        float step = rate / (depth - 1);
        return block < depth / 2 ? step * block : rate - step * (depth - 1 - block);
    }
}

/// <summary>Stochastic depth of one batch.</summary>
/// <param name="Factors">[depth, 2, pictures, 1, 1], float32: attention, then feed-forward.</param>
/// <param name="Rates">The rate of each block.</param>
internal sealed record DropPathFactors(Tensor Factors, IReadOnlyList<float> Rates)
{
    /// <summary>Of a block; null where it drops nothing.</summary>
    public BranchFactors? Of(int block) => Rates[block] == 0 ? null : new BranchFactors(Factors[block, 0], Factors[block, 1]);

    /// <summary>Of some of the pictures.</summary>
    /// <param name="cut">Cuts a tensor along the axis of pictures, whose number it is given.</param>
    public DropPathFactors Cut(Func<Tensor, int, Tensor> cut) => this with { Factors = cut(Factors, 2) };
}

/// <summary>What the branches of a block are multiplied with.</summary>
/// <param name="Attention">[pictures, 1, 1].</param>
/// <param name="Mlp">[pictures, 1, 1].</param>
internal readonly record struct BranchFactors(Tensor Attention, Tensor Mlp);
