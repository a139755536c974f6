using System.Collections.Concurrent;

namespace Fovea.Images;

/// <summary>The tables used last: photographs of one camera share two of them, random crops a few hundred, and each costs about a fifth of a resize.</summary>
internal static class KernelTables
{
    // With the same weights for vectors, 12 bytes a weight: 12 MB in all. The tables of all crops of up to 350 pixels for an input of 224 fit.
    private const int MostWeights = 1 << 20;
    private const int LargestKept = MostWeights / 8;

    private static readonly ConcurrentDictionary<(int Inputs, OutputRange Range, ResampleFilter Filter), KernelTable> Known = new();

    private static int _weights;

    public static KernelTable Get(int inputs, OutputRange range, ResampleFilter filter)
    {
        if (Known.TryGetValue((inputs, range, filter), out KernelTable? table)) return table;
        table = KernelTable.Create(inputs, range, filter);
        long weights = (long)table.Outputs * table.MostTaps;
        if (weights > LargestKept) return table;
        if (Interlocked.Add(ref _weights, (int)weights) > MostWeights)         // odd sizes come and go; memory stays bounded
        {
            Interlocked.Exchange(ref _weights, (int)weights);
            Known.Clear();
        }
        return Known[(inputs, range, filter)] = table;
    }
}
