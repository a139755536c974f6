namespace Fovea.Insight;

/// <summary>In how few channels the squared norm of a group of tokens lies.</summary>
/// <param name="Tokens">How many tokens.</param>
/// <param name="Shares">[4]: mean share in the largest 1, 2, 4, 8 channels.</param>
/// <param name="Channels">Channels that are among the four largest of at least half of the tokens, ascending.</param>
internal sealed record ChannelGroup(int Tokens, double[] Shares, int[] Channels)
{
    public static ChannelGroup? Of(IReadOnlyCollection<ChannelShares> tokens, int width)
    {
        if (tokens.Count == 0) return null;
        int[] counts = new int[width];
        foreach (ChannelShares token in tokens)
        {
            foreach (int channel in token.TopChannels(width)) counts[channel]++;
        }
        return new(
            tokens.Count,
            [tokens.Average(token => token.One), tokens.Average(token => token.Two), tokens.Average(token => token.Four), tokens.Average(token => token.Eight)],
            [.. Enumerable.Range(0, width).Where(channel => 2 * counts[channel] >= tokens.Count)]);
    }
}

/// <summary>The channels of one level: of the 0.1 % of patches with the largest norms, of the other patches, of registers.</summary>
internal sealed record ChannelResult(int Level, ChannelGroup Top, ChannelGroup? Rest, ChannelGroup? Registers)
{
    private const double TopShare = 0.001;

    public static ChannelResult[] Of(IReadOnlyList<PictureStudy> pictures, StudyPlan plan) =>
        [.. Enumerable.Range(0, plan.Depth + 1).Select(level => Of(level, pictures, plan))];

    private static ChannelResult Of(int level, IReadOnlyList<PictureStudy> pictures, StudyPlan plan)
    {
        int special = plan.Layout.SpecialTokens, registers = plan.Layout.Registers;
        float[] norms = [.. pictures.SelectMany(picture => picture.Norms[level].Skip(special))];
        ChannelShares[] shares = [.. pictures.SelectMany(picture => picture.Channels[level].Skip(special))];
        Array.Sort(norms, shares);
        int top = Math.Max(1, (int)Math.Round(TopShare * shares.Length));
        return new(
            level,
            ChannelGroup.Of(shares[^top..], plan.Width)!,
            ChannelGroup.Of(shares[..^top], plan.Width),
            ChannelGroup.Of([.. pictures.SelectMany(picture => picture.Channels[level].Take(registers))], plan.Width));
    }
}
