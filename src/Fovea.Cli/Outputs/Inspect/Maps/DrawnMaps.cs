using System.Numerics.Tensors;
using Fovea.Insight;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>What is drawn of the pictures that are drawn: principal components at every level in one basis for all pictures, and cosines between patches.</summary>
internal sealed class DrawnMaps
{
    private const long SimilarityBytes = 12L << 20;

    private readonly PcaMap?[] _levels;

    private DrawnMaps(ModelInsight insight, PictureStudy[] pictures)
    {
        (Insight, Pictures) = (insight, pictures);
        bool[][] isUsed = [.. pictures.Select(picture => picture.Norms[^1].Skip(insight.Plan.Layout.SpecialTokens).Select(norm => norm <= insight.Norms[^1].Patches.Cutoff).ToArray())];
        HasOutliers = isUsed.Any(picture => picture.Contains(false));
        int levels = pictures.Length == 0 || !insight.Plan.Has(InsightParts.Pca) ? 0 : pictures[0].Drawn!.Levels.Count;
        _levels = new PcaMap?[levels + (HasOutliers && levels > 0 ? 1 : 0)];
        Parallel.For(0, _levels.Length, level => _levels[level] = PcaMap.Fit(
            [.. pictures.Select(picture => picture.Drawn!.Levels[Math.Min(level, levels - 1)])], insight.Plan.Width, insight.Plan.Grid, level == levels ? isUsed : null));
    }

    public ModelInsight Insight { get; }

    /// <summary>Those that are drawn, in their order.</summary>
    public IReadOnlyList<PictureStudy> Pictures { get; }

    /// <summary>Whether any drawn patch is an outlier.</summary>
    public bool HasOutliers { get; }

    /// <summary>The components at each level (input, after each block, after the final norm), and last, where there are outliers, after the final norm without them.</summary>
    public IReadOnlyList<PcaMap?> Components => _levels;

    /// <summary>The components that show most: after the final norm, without outliers.</summary>
    public PcaMap? Best => _levels.Length == 0 ? null : _levels[^1];

    /// <summary>What each level is called.</summary>
    public IReadOnlyList<string> LevelNames =>
        [.. Enumerable.Range(0, Insight.Plan.Depth + 1).Select(level => level == 0 ? "input of block 1" : $"after block {level}"), "after the final norm"];

    public static DrawnMaps Of(ModelInsight insight) => new(insight, [.. insight.Pictures.Where(picture => picture.Drawn is not null)]);

    /// <summary>The levels whose cosines are kept: all, or so many that the page does not grow beyond 12 MB of them, the last ones among them.</summary>
    public int[] SimilarityLevels()
    {
        int all = Pictures.Count == 0 ? 0 : Pictures[0].Drawn!.Levels.Count, patches = Insight.Plan.Grid.Patches;
        if (all == 0 || patches < 2) return [];
        long perLevel = (long)patches * (patches - 1) / 2 * Pictures.Count;
        int kept = (int)Math.Clamp(SimilarityBytes / perLevel, 1, all);
        return [.. Enumerable.Range(0, kept).Select(number => all - 1 - (int)((long)number * all / kept)).Order()];
    }

    /// <summary>Pictures whose cosines are kept: all, unless one level of them is too much.</summary>
    public int SimilarityPictures()
    {
        long patches = Insight.Plan.Grid.Patches;
        return (int)Math.Clamp(SimilarityBytes / Math.Max(1, patches * (patches - 1) / 2), 0, Pictures.Count);
    }

    /// <summary>Cosines of all pairs of patches: of each patch to those before it, -1 to 1 as 0 to 255.</summary>
    public byte[] Similarities(PictureStudy picture, int level)
    {
        int width = Insight.Plan.Width, count = Insight.Plan.Grid.Patches, place = 0;
        float[] units = picture.Drawn!.Levels[level].ToArray();
        for (int patch = 0; patch < count; patch++)
        {
            Span<float> row = units.AsSpan(patch * width, width);
            float norm = TensorPrimitives.Norm<float>(row);
            if (norm > 0) TensorPrimitives.Divide(row, norm, row);
        }
        byte[] cosines = new byte[count * (count - 1) / 2];
        for (int patch = 1; patch < count; patch++)
        {
            ReadOnlySpan<float> own = units.AsSpan(patch * width, width);
            for (int other = 0; other < patch; other++)
            {
                cosines[place++] = (byte)Math.Clamp(Math.Round(127.5 * (1 + TensorPrimitives.Dot(own, units.AsSpan(other * width, width)))), 0, 255);
            }
        }
        return cosines;
    }
}
