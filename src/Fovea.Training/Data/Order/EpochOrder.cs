using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>
/// Which sample stands at which position of an epoch: a random permutation of the samples, each as often as its source's factor says. A function of
/// (seed, epoch, sources) alone. Global batch s of B pictures is positions s * B to (s + 1) * B - 1, whoever works on them.
/// </summary>
/// <remarks>Holds 4 bytes a position: 400 MB for 100 million pictures, and for a moment twice that where one epoch passes into the next.</remarks>
internal sealed class EpochOrder
{
    private readonly int[] _samples;

    private EpochOrder(long epoch, int[] samples)
    {
        Epoch = epoch;
        _samples = samples;
    }

    /// <summary>The epoch, from 0.</summary>
    public long Epoch { get; }

    /// <summary>Positions in the epoch.</summary>
    public int Count => _samples.Length;

    /// <summary>The sample at a position; behind the last one comes the first again.</summary>
    public int this[long position] => _samples[position % _samples.Length];

    /// <summary>Positions of every epoch.</summary>
    /// <exception cref="TrainingDataException">More than an array holds.</exception>
    public static int CountOf(IReadOnlyList<SourceShare> sources)
    {
        double count = sources.Sum(source => (double)source.Pictures * source.WholeTimes + source.Extra);
        return count <= Array.MaxLength ? (int)count : throw DataThrow.EpochTooLong(count);
    }

    /// <summary>Draws the order of one epoch.</summary>
    public static EpochOrder Create(ulong seed, long epoch, IReadOnlyList<SourceShare> sources)
    {
        int[] samples = GC.AllocateUninitializedArray<int>(CountOf(sources));
        Span<int> rest = samples;
        for (int number = 0; number < sources.Count; number++)
        {
            SourceShare source = sources[number];
            for (int time = 0; time < source.WholeTimes; time++)
            {
                for (int index = 0; index < source.Pictures; index++) rest[index] = source.First + index;
                rest = rest[source.Pictures..];
            }
            Choose(source, new RandomStream(seed, RandomPurpose.SourceShare, epoch, number), rest[..source.Extra]);
            rest = rest[source.Extra..];
        }
        RandomStream random = new(seed, RandomPurpose.EpochOrder, epoch);
        random.Shuffle<int>(samples);
        return new(epoch, samples);
    }

    /// <summary>Draws the order of one epoch in which samples come as often as their weights say, to within one time: systematic sampling from a random start.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="weights">One a sample, not negative; their sum is above 0.</param>
    /// <param name="count">Positions of the epoch.</param>
    public static EpochOrder Weighted(ulong seed, long epoch, IReadOnlyList<double> weights, int count)
    {
        int[] samples = GC.AllocateUninitializedArray<int>(count);
        RandomStream random = new(seed, RandomPurpose.WeightedOrder, epoch);
        double step = weights.Sum() / count, place = random.NextUniform() * step, passed = 0;
        int last = weights.Count - 1, filled = 0;
        while (weights[last] == 0) last--;                                       // what is left to rounding is not given to a sample that must not come
        for (int sample = 0; filled < count; sample = Math.Min(sample + 1, last))
        {
            passed += weights[sample];
            for (; filled < count && (place < passed || sample == last); filled++, place += step) samples[filled] = sample;
        }
        random.Shuffle<int>(samples);
        return new(epoch, samples);
    }

    // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): every subset of that size with the same chance, without a list of all.
    private static void Choose(SourceShare source, RandomStream random, Span<int> chosen)
    {
        int found = 0;
        for (int index = 0; found < chosen.Length; index++)
        {
            if (random.NextInteger(source.Pictures - index) < chosen.Length - found) chosen[found++] = source.First + index;
        }
    }
}
