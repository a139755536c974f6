using System.Numerics.Tensors;

namespace Fovea.Insight;

/// <summary>Mean and standard deviation over pictures.</summary>
internal readonly record struct Spread(double Mean, double Deviation)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length == 0 ? new(double.NaN, double.NaN) : new(TensorPrimitives.Average<double>(all), TensorPrimitives.StdDev<double>(all));
    }
}

/// <summary>The norms at one level: 0 as the first block gets the tokens, then after each block.</summary>
/// <param name="Level">From 0 to the depth.</param>
/// <param name="Patches">Of all patches of all pictures.</param>
/// <param name="Special">Of each special token, over pictures.</param>
internal sealed record NormResult(int Level, TokenNorms Patches, Spread[] Special)
{
    /// <summary>The share of patches above the cut-off fitted to this level.</summary>
    public double ShareOfOutliers { get; } = Patches.ShareAbove(Patches.Cutoff);

    /// <summary>Of pictures, level by level; the last one measured is that after the last block.</summary>
    public static NormResult[] Of(IReadOnlyList<PictureStudy> pictures, TokenLayout layout, int depth)
    {
        int first = depth + 1 - pictures[0].Norms.Length;
        return [.. Enumerable.Range(first, pictures[0].Norms.Length).Select(level => Of(level, [.. pictures.Select(picture => picture.Norms[level - first])], layout))];
    }

    /// <summary>Of the norms of all tokens of pictures.</summary>
    public static NormResult Of(int level, float[][] norms, TokenLayout layout) => new(
        level,
        TokenNorms.Of([.. norms.Select(picture => (ReadOnlyMemory<float>)picture.AsMemory(layout.SpecialTokens))]),
        [.. Enumerable.Range(0, layout.SpecialTokens).Select(token => Spread.Of(norms.Select(picture => (double)picture[token])))]);
}
