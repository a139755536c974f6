namespace Fovea.Images;

/// <summary>The compression of GIF: Welch 1984, with codes that grow from one bit above the samples to twelve.</summary>
internal static class GifLzw
{
    private const int MostCodes = 1 << 12;

    /// <summary>Fills <paramref name="samples"/>; what follows behind them is not looked at.</summary>
    /// <param name="packed">Codes, the first in the lowest bits.</param>
    /// <param name="sampleBits">1 to 8.</param>
    /// <param name="samples">Palette indices.</param>
    /// <returns>How many samples there were; fewer than asked for when the codes end or make no sense.</returns>
    public static int Decode(ReadOnlySpan<byte> packed, int sampleBits, Span<byte> samples)
    {
        int clear = 1 << sampleBits, end = clear + 1;
        Span<int> starts = stackalloc int[MostCodes];                          // where in the output a code's string was first written
        Span<int> lengths = stackalloc int[MostCodes];
        (int next, int bits, int filled) = (end + 1, sampleBits + 1, 0);
        (int previousStart, int previousLength) = (0, 0);
        for (long position = 0; filled < samples.Length && position + bits <= 8L * packed.Length;)
        {
            int code = Code(packed, position, bits);
            position += bits;
            if (code == end) break;
            if (code == clear)
            {
                (next, bits, previousLength) = (end + 1, sampleBits + 1, 0);
                continue;
            }
            if (code > next || (code == next && previousLength == 0)) break;
            if (previousLength > 0 && next < MostCodes)
            {
                (starts[next], lengths[next]) = (previousStart, previousLength + 1);   // its last sample is the first of what follows
                next++;
                if (next == 1 << bits && bits < 12) bits++;
            }
            int start = filled;
            if (code < clear) samples[filled++] = (byte)code;
            else
            {
                int length = Math.Min(lengths[code], samples.Length - filled);
                for (int index = 0; index < length; index++) samples[filled++] = samples[starts[code] + index];   // may overlap itself
            }
            (previousStart, previousLength) = (start, filled - start);
        }
        return filled;
    }

    private static int Code(ReadOnlySpan<byte> packed, long position, int bits)
    {
        int first = (int)(position >> 3);
        int word = packed[first];
        if (first + 1 < packed.Length) word |= packed[first + 1] << 8;
        if (first + 2 < packed.Length) word |= packed[first + 2] << 16;
        return (word >> (int)(position & 7)) & ((1 << bits) - 1);
    }
}
