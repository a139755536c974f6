namespace Fovea.Insight;

/// <summary>How much of a token's squared norm lies in its largest channels: massive activations hide in few (Sun et al. 2024).</summary>
/// <param name="One">In the largest.</param>
/// <param name="Two">In the two largest.</param>
/// <param name="Four">In the four largest.</param>
/// <param name="Eight">In the eight largest.</param>
/// <param name="Top">The four largest channels, packed into 16 bits each, the largest lowest.</param>
internal readonly record struct ChannelShares(float One, float Two, float Four, float Eight, ulong Top)
{
    private const int Kept = 8, Listed = 4, Bits = 16;

    /// <summary>Of one token.</summary>
    public static ChannelShares Of(ReadOnlySpan<float> token)
    {
        Span<double> largest = stackalloc double[Kept];
        Span<int> channels = stackalloc int[Kept];
        largest.Fill(-1);
        double sum = 0;
        for (int channel = 0; channel < token.Length; channel++)
        {
            double square = (double)token[channel] * token[channel];
            sum += square;
            if (square <= largest[^1]) continue;
            int place = Kept - 1;
            for (; place > 0 && largest[place - 1] < square; place--) (largest[place], channels[place]) = (largest[place - 1], channels[place - 1]);
            (largest[place], channels[place]) = (square, channel);
        }
        Span<double> shares = stackalloc double[Kept];
        double held = 0;
        for (int place = 0; place < Kept; place++)
        {
            held += Math.Max(0, largest[place]);
            shares[place] = sum > 0 ? held / sum : 0;
        }
        ulong top = 0;
        for (int place = 0; place < Listed; place++) top |= (ulong)(ushort)channels[place] << (Bits * place);
        return new((float)shares[0], (float)shares[1], (float)shares[3], (float)shares[7], top);
    }

    /// <summary>The four largest channels, the largest first.</summary>
    public int[] TopChannels(int width)
    {
        ulong packed = Top;
        return [.. Enumerable.Range(0, Math.Min(Listed, width)).Select(place => (int)(packed >> (Bits * place) & 0xFFFF))];
    }
}
