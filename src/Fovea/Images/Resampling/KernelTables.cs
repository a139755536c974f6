using System.Collections.Concurrent;

namespace Fovea.Images;

/// <summary>The tables used last: photographs of one camera share two of them, and each costs about a fifth of a resize.</summary>
internal static class KernelTables
{
    private const int Most = 64;
    private const int LargestKept = 1 << 20;                                   // weights: 4 MB

    private static readonly ConcurrentDictionary<(int Inputs, OutputRange Range, ResampleFilter Filter), KernelTable> Known = new();

    public static KernelTable Get(int inputs, OutputRange range, ResampleFilter filter)
    {
        if (Known.TryGetValue((inputs, range, filter), out KernelTable? table)) return table;
        table = KernelTable.Create(inputs, range, filter);
        if ((long)table.Outputs * table.MostTaps > LargestKept) return table;
        if (Known.Count >= Most) Known.Clear();                                // odd sizes come and go; memory stays bounded
        return Known[(inputs, range, filter)] = table;
    }
}
