namespace Fovea.Training.Randomness;

/// <summary>
/// Philox4x32-10: a function from a key and a counter to 128 random bits. What it gives for one counter never depends on what was drawn before,
/// so that a sample's numbers are the same whichever thread, worker or process draws them. Source: Salmon et al., "Parallel random numbers: as easy
/// as 1, 2, 3", SC 2011.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;                     // golden ratio, sqrt(3) - 1

    /// <summary>Four words of 32 random bits.</summary>
    /// <param name="counter0">Lowest word of the counter; the others follow.</param>
    /// <param name="counter1">Second word.</param>
    /// <param name="counter2">Third word.</param>
    /// <param name="counter3">Highest word.</param>
    /// <param name="key">The stream.</param>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint counter0, uint counter1, uint counter2, uint counter3, ulong key)
    {
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * counter0, product1 = (ulong)Multiplier1 * counter2;
            (counter0, counter1, counter2, counter3) = ((uint)(product1 >> 32) ^ counter1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ counter3 ^ key1, (uint)product0);
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }
        return (counter0, counter1, counter2, counter3);
    }
}
