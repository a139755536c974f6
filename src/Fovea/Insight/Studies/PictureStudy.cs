namespace Fovea.Insight;

/// <summary>What one picture contributes: small beside the network's outputs, so that hundreds can wait for each other.</summary>
internal sealed class PictureStudy
{
    /// <summary>What outputs call the picture.</summary>
    public required string Name { get; init; }

    /// <summary>Its class; null where none is known.</summary>
    public long? Label { get; init; }

    /// <summary>[depth + 1][tokens]: norms as the first block gets the tokens and after each block, before the final norm.</summary>
    public required float[][] Norms { get; init; }

    /// <summary>[tokens] after the final norm.</summary>
    public required float[] FinalNorms { get; init; }

    /// <summary>[depth + 1][tokens].</summary>
    public ChannelShares[][] Channels { get; init; } = [];

    /// <summary>[patches]: cosine to the neighbours, by the projected pixels.</summary>
    public float[] NeighbourCosines { get; init; } = [];

    /// <summary>[patches]: variance of luma.</summary>
    public double[] Variances { get; init; } = [];

    /// <summary>[patches]: mean length of the gradient of luma.</summary>
    public double[] Gradients { get; init; } = [];

    /// <summary>[depth].</summary>
    public AttentionFacts[] Attention { get; init; } = [];

    public RegisterFacts? Registers { get; init; }

    public TokenSamples? Samples { get; init; }

    public PictureVectors? Vectors { get; init; }

    public DiscoveredObject? Found { get; init; }

    public DrawnPicture? Drawn { get; init; }

    /// <summary>Measures a picture.</summary>
    /// <param name="plan">What, of which network.</param>
    /// <param name="tokens">What the network gave for it.</param>
    /// <param name="isDrawn">Whether its maps are kept.</param>
    public static PictureStudy Of(StudyPlan plan, PictureTokens tokens, bool isDrawn)
    {
        float[][] norms = [.. tokens.Levels.Select(level => TokenNorms.Of(level.Span, plan.Width))];
        bool hasContent = plan.Has(InsightParts.Norms);
        (double[] variances, double[] gradients) = hasContent ? PatchContent.Measure(plan, tokens.Input.Span) : ([], []);
        return new PictureStudy
        {
            Name = tokens.Name,
            Label = tokens.Label,
            Norms = norms,
            FinalNorms = tokens.Final.IsEmpty ? [] : TokenNorms.Of(tokens.Final.Span, plan.Width),
            Channels = plan.Has(InsightParts.Channels) ? [.. tokens.Levels.Select(level => Shares(level.Span, plan.Width))] : [],
            NeighbourCosines = hasContent ? PatchContent.NeighbourCosines(tokens.PatchEmbedding.Span, plan.Width, plan.Grid) : [],
            Variances = variances,
            Gradients = gradients,
            Attention = plan.Has(InsightParts.Attention) || plan.Measures(InsightParts.Registers) ? [.. tokens.Attention.Select(weights => AttentionFacts.Of(new AttentionMap(weights, plan.Layout)))] : [],
            Registers = plan.Measures(InsightParts.Registers) ? RegisterFacts.Of(plan, tokens) : null,
            Samples = plan.Measures(InsightParts.Local) ? TokenSamples.Of(plan, tokens) : null,
            Vectors = plan.Measures(InsightParts.Global) && tokens.Label is not null ? PictureVectors.Of(plan, tokens, norms[^1].AsSpan(plan.Layout.SpecialTokens)) : null,
            Found = plan.Measures(InsightParts.Lost) ? ObjectDiscovery.Find(plan.Layout.Patches(tokens.Keys).Span, plan.Width, plan.Grid, plan.PatchSize, plan.Network.Size) : null,
            Drawn = isDrawn ? DrawnPicture.Of(plan, tokens) : null,
        };
    }

    private static ChannelShares[] Shares(ReadOnlySpan<float> tokens, int width)
    {
        ChannelShares[] shares = new ChannelShares[tokens.Length / width];
        for (int token = 0; token < shares.Length; token++) shares[token] = ChannelShares.Of(tokens.Slice(token * width, width));
        return shares;
    }
}
