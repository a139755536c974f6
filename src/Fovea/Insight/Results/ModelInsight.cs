namespace Fovea.Insight;

/// <summary>Everything that was measured of a model over pictures.</summary>
internal sealed record ModelInsight
{
    public required StudyPlan Plan { get; init; }

    /// <summary>Pictures, in the order of the source.</summary>
    public required IReadOnlyList<PictureStudy> Pictures { get; init; }

    /// <summary>[depth + 1], or the last alone where no part asked for the others.</summary>
    public required NormResult[] Norms { get; init; }

    /// <summary>After the final norm, which makes all norms alike: a line more, and never the verdict's. Null where it was not computed.</summary>
    public NormResult? FinalNorms { get; init; }

    public OutlierResult? Outliers { get; init; }

    public ChannelResult[] Channels { get; init; } = [];

    public AttentionResult[] Attention { get; init; } = [];

    public RegisterResult? Registers { get; init; }

    public LocalProbes? Local { get; init; }

    public IReadOnlyList<TokenAccuracy> Global { get; init; } = [];

    public LostResult? Lost { get; init; }

    /// <summary>Parts that were asked for and have nothing to show, with the reason.</summary>
    public required IReadOnlyList<(InsightParts Part, string Reason)> Skipped { get; init; }

    /// <summary>Puts pictures together.</summary>
    /// <param name="plan">What was measured.</param>
    /// <param name="pictures">At least one.</param>
    /// <param name="positions">[rows, width]: the position table; empty without one.</param>
    /// <param name="boxes">What objects are compared with; null: nothing.</param>
    /// <param name="cancellation">Ends the probes.</param>
    public static ModelInsight Of(StudyPlan plan, IReadOnlyList<PictureStudy> pictures, ReadOnlyMemory<float> positions, AnnotatedBoxes? boxes, CancellationToken cancellation)
    {
        TokenLayout layout = plan.Layout;
        NormResult[] norms = NormResult.Of(pictures, layout, plan.Depth);
        double cutoff = norms[^1].Patches.Cutoff;
        List<(InsightParts, string)> skipped = [.. plan.Skipped];
        LocalProbes? local = null;
        if (plan.Measures(InsightParts.Local))
        {
            bool[][] isOutlier = [.. pictures.Select(picture => picture.Samples!.Patches.Select(patch => picture.Norms[^1][layout.SpecialTokens + patch] > cutoff).ToArray())];
            local = LocalProbes.Of([.. pictures.Select(picture => picture.Samples!)], isOutlier, plan.Grid, cancellation);
            if (local is null) skipped.Add((InsightParts.Local, "one half of the pictures is learned from and the other measured on, and there is only one picture"));
        }
        IReadOnlyList<TokenAccuracy> global = plan.Measures(InsightParts.Global)
            ? GlobalProbes.Of([.. pictures.Where(picture => picture.Vectors is not null).Select(picture => (picture.Vectors!, picture.Label!.Value))], cutoff, plan.Seed, cancellation)
            : [];
        if (plan.Measures(InsightParts.Global) && global.Count == 0) skipped.Add((InsightParts.Global, "at least ten pictures of two classes are needed; labels come from archives, or from --labels"));
        AttentionResult[] attention = pictures[0].Attention.Length > 0 ? AttentionResult.Of(pictures, layout, cutoff) : [];
        return new ModelInsight
        {
            Plan = plan,
            Pictures = pictures,
            Norms = norms,
            FinalNorms = pictures[0].FinalNorms.Length > 0 ? NormResult.Of(plan.Depth, [.. pictures.Select(picture => picture.FinalNorms)], layout) : null,
            Outliers = plan.Has(InsightParts.Norms) ? OutlierResult.Of(pictures, norms, layout, plan.Seed) : null,
            Channels = plan.Has(InsightParts.Channels) ? ChannelResult.Of(pictures, plan) : [],
            Attention = attention,
            Registers = plan.Measures(InsightParts.Registers) ? RegisterResult.Of(pictures, plan, positions, attention, global) : null,
            Local = local,
            Global = global,
            Lost = plan.Measures(InsightParts.Lost) ? LostResult.Of(pictures, plan.Network.Size, boxes) : null,
            Skipped = skipped,
        };
    }
}
