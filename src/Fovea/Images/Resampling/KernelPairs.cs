namespace Fovea.Images;

/// <summary>The weights of a <see cref="KernelTable"/> as vectors multiply them: two neighbouring taps in one 32-bit element, each weight split into two of 16 bits.</summary>
/// <remarks>
/// `vpmaddwd` multiplies 16-bit numbers and adds neighbours; a weight has 23 bits with its sign. So weight = high * 2048 + low, and
/// sum(sample * weight) = sum(sample * high) * 2048 + sum(sample * low): exact in 32 bits.
/// </remarks>
internal sealed class KernelPairs
{
    /// <summary>Bits of the low part.</summary>
    public const int LowBits = 11;

    /// <summary>Outputs that are computed together when a row is resized.</summary>
    public const int GroupOutputs = 4;

    /// <summary>Taps that one 16-byte load of a row holds.</summary>
    public const int StepTaps = 4;

    private const int StepInts = 4 * GroupOutputs;                             // two pairs, high and low, of each output

    private KernelPairs(int groups, int steps, int outputs, int pairs)
    {
        Steps = steps;
        Pairs = pairs;
        RowOffsets = new int[groups * GroupOutputs];
        RowWeights = new int[groups * steps * StepInts];
        ColumnWeights = new int[outputs * pairs * 2];
    }

    /// <summary>Loads per output and row; 0 when the row is too short to be read in whole loads.</summary>
    public int Steps { get; }

    /// <summary>Pairs of rows per output row.</summary>
    public int Pairs { get; }

    /// <summary>[groups, 4 outputs]: where an output's first load begins, in bytes from the row's begin.</summary>
    public int[] RowOffsets { get; }

    /// <summary>[groups, steps, 2 pairs, high and low, 4 outputs].</summary>
    public int[] RowWeights { get; }

    /// <summary>[outputs, pairs, high and low].</summary>
    public int[] ColumnWeights { get; }

    public static KernelPairs Create(KernelTable table)
    {
        int steps = (table.MostTaps + StepTaps - 1) / StepTaps;
        // Loads may reach into the slack behind a row; what they read there is multiplied by 0.
        if (steps * StepTaps > table.InputCount + RgbImage.Slack / RgbImage.PixelBytes) steps = 0;
        KernelPairs pairs = new((table.Outputs + GroupOutputs - 1) / GroupOutputs, steps, table.Outputs, (table.MostTaps + 1) / 2);
        if (steps > 0) pairs.FillRows(table);
        for (int output = 0; output < table.Outputs; output++)
        {
            for (int pair = 0; pair < pairs.Pairs; pair++)
            {
                (pairs.ColumnWeights[(output * pairs.Pairs + pair) * 2], pairs.ColumnWeights[(output * pairs.Pairs + pair) * 2 + 1]) =
                    Split(table.Weights(output), 2 * pair);
            }
        }
        return pairs;
    }

    private void FillRows(KernelTable table)
    {
        int last = table.InputCount + RgbImage.Slack / RgbImage.PixelBytes - Steps * StepTaps;
        for (int place = 0; place < RowOffsets.Length; place++)
        {
            int output = Math.Min(place, table.Outputs - 1);                   // the last group is filled up
            int first = Math.Min(table.First(output), last);
            RowOffsets[place] = RgbImage.PixelBytes * first;
            int skipped = table.First(output) - first;
            for (int pair = 0; pair < 2 * Steps; pair++)
            {
                (int high, int low) = Split(table.Weights(output), 2 * pair - skipped);
                Span<int> weights = RowWeights.AsSpan((place / GroupOutputs * Steps * 2 + pair) * 2 * GroupOutputs, 2 * GroupOutputs);
                weights[place % GroupOutputs] = high;
                weights[GroupOutputs + place % GroupOutputs] = low;
            }
        }
    }

    /// <summary>High and low parts of two neighbouring weights, the first in the lower half; 0 outside.</summary>
    private static (int High, int Low) Split(ReadOnlySpan<int> weights, int tap)
    {
        int even = (uint)tap < (uint)weights.Length ? weights[tap] : 0;
        int odd = (uint)(tap + 1) < (uint)weights.Length ? weights[tap + 1] : 0;
        const int LowMask = (1 << LowBits) - 1;
        return (((odd >> LowBits) << 16) | ((even >> LowBits) & 0xFFFF), ((odd & LowMask) << 16) | (even & LowMask));
    }
}
