namespace Fovea.Insight;

/// <summary>The attention of one head, means over pictures.</summary>
/// <param name="RegisterMass">What a mean patch gives to the registers, 0 to 1.</param>
/// <param name="TokenMass">[special tokens]: what it gives to each.</param>
/// <param name="OutlierMass">What it gives to outlier patches.</param>
/// <param name="Entropy">[special tokens + 1]: how spread each one's attention over the patches is; last of the patches.</param>
/// <param name="SinkMass">What the token that gets most gets.</param>
/// <param name="SinkToken">That token in most pictures.</param>
internal sealed record HeadResult(double RegisterMass, double[] TokenMass, double OutlierMass, double[] Entropy, double SinkMass, int SinkToken);

/// <summary>The attention of one block.</summary>
/// <param name="Block">From 0.</param>
/// <param name="Heads">Each head.</param>
/// <param name="Mean">Means over heads; its sink is that of the head with the strongest one.</param>
internal sealed record AttentionResult(int Block, HeadResult[] Heads, HeadResult Mean)
{
    /// <summary>Of pictures, block by block.</summary>
    public static AttentionResult[] Of(IReadOnlyList<PictureStudy> pictures, TokenLayout layout, double cutoff) =>
        [.. Enumerable.Range(0, pictures[0].Attention.Length).Select(block => Of(block, pictures, layout, cutoff))];

    private static AttentionResult Of(int block, IReadOnlyList<PictureStudy> pictures, TokenLayout layout, double cutoff)
    {
        HeadResult[] heads = [.. Enumerable.Range(0, pictures[0].Attention[block].Sinks.Length).Select(head => Head(block, head, pictures, layout, cutoff))];
        HeadResult strongest = heads.MaxBy(head => head.SinkMass)!;
        HeadResult mean = new(
            heads.Average(head => head.RegisterMass), Means(heads, head => head.TokenMass), heads.Average(head => head.OutlierMass), Means(heads, head => head.Entropy), strongest.SinkMass, strongest.SinkToken);
        return new(block, heads, mean);
    }

    private static HeadResult Head(int block, int head, IReadOnlyList<PictureStudy> pictures, TokenLayout layout, double cutoff) => new(
        pictures.Average(picture => picture.Attention[block].RegisterMass[head]),
        Means(pictures, picture => picture.Attention[block].TokenMass[head]),
        pictures.Average(picture => OutlierMass(picture, picture.Attention[block].Received[head], layout, cutoff)),
        Means(pictures, picture => picture.Attention[block].Entropy[head]),
        pictures.Average(picture => picture.Attention[block].Sinks[head].Mass),
        pictures.GroupBy(picture => picture.Attention[block].Sinks[head].Token).MaxBy(group => group.Count())!.Key);

    private static double OutlierMass(PictureStudy picture, float[] received, TokenLayout layout, double cutoff)
    {
        double mass = 0;
        for (int patch = 0; patch < received.Length; patch++) mass += picture.Norms[^1][layout.SpecialTokens + patch] > cutoff ? received[patch] : 0;
        return mass;
    }

    private static double[] Means<T>(IReadOnlyCollection<T> items, Func<T, double[]> values)
    {
        double[] sums = new double[values(items.First()).Length];
        foreach (T item in items)
        {
            double[] one = values(item);
            for (int index = 0; index < sums.Length; index++) sums[index] += one[index] / items.Count;
        }
        return sums;
    }
}
