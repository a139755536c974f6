namespace Fovea.Training.Randomness;

/// <summary>
/// Random numbers that are a function of (seed, purpose, time, place) alone: neither threads nor workers nor restarts change them.
/// A struct that is cheap to make for every picture; pass it by reference, since drawing advances it.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="purpose">What the numbers are for.</param>
/// <param name="time">A step or an epoch, from 0.</param>
/// <param name="place">A picture, source or parameter, from 0.</param>
internal struct RandomStream(ulong seed, RandomPurpose purpose, long time = 0, long place = 0)
{
    private const int BlockWords = 4;

    private readonly ulong _key = Mix(Mix(seed) + (ulong)purpose);
    private readonly uint _time = checked((uint)time);
    private readonly ulong _place = checked((ulong)place);
    private (uint Word0, uint Word1, uint Word2, uint Word3) _block;
    private long _drawn;

    /// <summary>32 random bits.</summary>
    public uint NextBits()
    {
        int word = (int)(_drawn % BlockWords);
        if (word == 0) _block = Philox.Block(checked((uint)(_drawn / BlockWords)), _time, (uint)_place, (uint)(_place >> 32), _key);
        _drawn++;
        return word switch { 0 => _block.Word0, 1 => _block.Word1, 2 => _block.Word2, _ => _block.Word3 };
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24 as the reference's float32 draws.</summary>
    public double NextUniform() => (NextBits() >> 8) * (1.0 / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextUniform();

    /// <summary>A uniform whole number in 0..<paramref name="count"/>-1, without bias (Lemire, "Fast random integer generation in an interval", 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public int NextInteger(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ulong product = (ulong)NextBits() * (uint)count;
        if ((uint)product < (uint)count)
        {
            uint unfair = unchecked((uint)-count) % (uint)count;                 // 2^32 mod count: so many products occur once too often
            while ((uint)product < unfair) product = (ulong)NextBits() * (uint)count;
        }
        return (int)(product >> 32);
    }

    /// <summary>True with this probability.</summary>
    public bool NextChance(double probability) => NextUniform() < probability;

    /// <summary>Standard normal (Box and Muller, 1958; the second of each pair is not used).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    /// <summary>A random order of <paramref name="values"/> in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = NextInteger(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    // SplitMix64's last step: neighbouring seeds give unrelated keys.
    private static ulong Mix(ulong value)
    {
        value = unchecked(value + 0x9E3779B97F4A7C15);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
