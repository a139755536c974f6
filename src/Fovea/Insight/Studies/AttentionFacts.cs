namespace Fovea.Insight;

/// <summary>The numbers of one block's attention over one picture, by head.</summary>
/// <param name="RegisterMass">[heads]: the share that a mean patch gives to the registers.</param>
/// <param name="TokenMass">[heads][special tokens]: the share that a mean patch gives to each special token.</param>
/// <param name="Entropy">[heads][special tokens + 1]: how spread each special token's attention over the patches is, 0 to 1; last the mean over the rows of patches.</param>
/// <param name="Sinks">[heads]: the token that patches attend to most, and how much.</param>
/// <param name="Received">[heads][patches]: what each patch gets from the patches.</param>
internal sealed record AttentionFacts(double[] RegisterMass, double[][] TokenMass, double[][] Entropy, (int Token, double Mass)[] Sinks, float[][] Received)
{
    /// <summary>Of the attention of a block.</summary>
    public static AttentionFacts Of(AttentionMap map)
    {
        int[] heads = [.. Enumerable.Range(0, map.Heads)];
        TokenLayout layout = map.Layout;
        return new(
            [.. heads.Select(head => map.MassOnRegisters(head))],
            [.. heads.Select(head => Enumerable.Range(0, layout.SpecialTokens).Select(token => map.MassOn(token, 1, head)).ToArray())],
            [.. heads.Select(head => Enumerable.Range(0, layout.SpecialTokens).Select(token => map.Entropy(token, head)).Append(PatchEntropy(map, head)).ToArray())],
            [.. heads.Select(map.Sink)],
            [.. heads.Select(head => map.Received(head))]);
    }

    private static double PatchEntropy(AttentionMap map, int head) =>
        Enumerable.Range(map.Layout.SpecialTokens, map.Layout.Grid.Patches).Average(token => map.Entropy(token, head));
}
