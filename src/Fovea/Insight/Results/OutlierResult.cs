namespace Fovea.Insight;

/// <summary>Whether the patches of a model hold outliers: of the last block, before the final norm, by one cut-off for all pictures.</summary>
internal sealed record OutlierResult
{
    /// <summary>So many outliers in all are needed before it is said where they sit.</summary>
    public const int Enough = 200;

    /// <summary>The share of largest norms that is looked at where there are not enough outliers.</summary>
    public const double TopShare = 0.02;

    /// <summary>The rule of the cut-off, in words.</summary>
    public const string Rule = "max(3 * median, median + 10 * MADN) of the patch norms after the last block, before the final norm";

    private const double FirstShare = 0.001;

    /// <summary>Fitted to the model.</summary>
    public required double Cutoff { get; init; }

    public required double Share { get; init; }

    /// <summary>Of 95 %, by drawing pictures again.</summary>
    public required (double Low, double High) Interval { get; init; }

    public required OutlierVerdict Verdict { get; init; }

    /// <summary>The share above the paper's cut-off for DINOv2 ViT-g, 150.</summary>
    public required double PaperShare { get; init; }

    public required int PicturesWith { get; init; }

    /// <summary>[pictures].</summary>
    public required int[] Counts { get; init; }

    /// <summary>Mean norm of outliers over that of all other patches.</summary>
    public required double Ratio { get; init; }

    /// <summary>Of the logarithms of the norms.</summary>
    public required (double Skewness, double ExcessKurtosis) Shape { get; init; }

    public required (double Gap, double Norm, double ShareAbove, bool IsTwoGroups) Gap { get; init; }

    /// <summary>The first level with more than 0.1 % above its own cut-off; null where none has.</summary>
    public int? FirstLevel { get; init; }

    /// <summary>Where they sit; null where there are fewer than <see cref="Enough"/>.</summary>
    public OutlierPlaces? Places { get; init; }

    /// <summary>Where the largest 2 % of the norms sit; null where there are enough outliers.</summary>
    public OutlierPlaces? TopPlaces { get; init; }

    public static OutlierResult Of(IReadOnlyList<PictureStudy> pictures, IReadOnlyList<NormResult> levels, TokenLayout layout, int seed)
    {
        TokenNorms last = levels[^1].Patches;
        int[] counts = last.CountsAbove(last.Cutoff);
        bool isEnough = counts.Sum() >= Enough;
        return new OutlierResult
        {
            Cutoff = last.Cutoff,
            Share = last.ShareAbove(last.Cutoff),
            Interval = last.Interval(last.Cutoff, seed),
            Verdict = last.Verdict(last.Cutoff),
            PaperShare = last.ShareAbove(TokenNorms.PaperCutoff),
            PicturesWith = counts.Count(count => count > 0),
            Counts = counts,
            Ratio = last.Ratio(last.Cutoff),
            Shape = last.Shape(),
            Gap = last.LargestGap(),
            FirstLevel = levels.FirstOrDefault(level => level.ShareOfOutliers > FirstShare)?.Level,
            Places = isEnough ? OutlierPlaces.Of(pictures, layout, last.Cutoff) : null,
            TopPlaces = isEnough ? null : OutlierPlaces.Of(pictures, layout, last.Quantile(1 - TopShare)),
        };
    }
}
