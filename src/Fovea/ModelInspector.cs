using Fovea.Images;
using Fovea.Insight;
using Fovea.Networks;

namespace Fovea;

/// <summary>Measures what an encoder sees: runs it over pictures, with only the outputs that the parts asked for need, and keeps what reports and tables show.</summary>
internal sealed class ModelInspector
{
    /// <summary>Pictures whose maps are drawn, at most.</summary>
    public const int MostDrawn = 16;

    private const long DrawnBytes = 512L << 20;

    private readonly ImageEncoder _encoder;
    private readonly EncoderOutput[] _outputs;
    private readonly Func<EncodedImage, long?> _label;

    /// <param name="encoder">Stays the caller's.</param>
    /// <param name="parts">What is measured.</param>
    /// <param name="label">The class of a picture; null: what the source says.</param>
    public ModelInspector(ImageEncoder encoder, InsightParts parts, Func<EncodedImage, long?>? label = null)
    {
        _encoder = encoder;
        _label = label ?? (picture => picture.Label);
        Plan = new StudyPlan(encoder.Description.ToNetwork(), encoder.Description.Channels, parts);
        _outputs = [.. Outputs(Plan)];
    }

    /// <summary>What is measured, of which network.</summary>
    public StudyPlan Plan { get; }

    /// <summary>What the encoder has to compute.</summary>
    public IReadOnlyList<EncoderOutput> Asked => _outputs;

    /// <summary>Pictures whose maps fit into memory.</summary>
    public int Drawn => (int)Math.Clamp(DrawnBytes / Math.Max(1, sizeof(float) * (Plan.Depth + 2L) * Plan.Grid.Patches * Plan.Width), 1, MostDrawn);

    /// <summary>Measures pictures in order; those that the source marks are drawn.</summary>
    /// <param name="source">Which pictures.</param>
    /// <param name="skipped">Told of each picture that cannot be used; null: the first one ends the enumeration.</param>
    /// <param name="cancellation">Honoured within one picture.</param>
    public IAsyncEnumerable<PictureStudy> MeasureAsync(EvenSource source, Action<SkippedImage>? skipped, CancellationToken cancellation) => _encoder.FeaturesAsync(
        source, _outputs, (picture, input, features) => PictureStudy.Of(Plan, TokensOf(picture, input, features), source.IsMarked(picture)), skipped, cancellation);

    /// <summary>Puts measured pictures together.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="boxes">What objects are compared with; null: nothing.</param>
    /// <param name="cancellation">Ends the probes.</param>
    public ModelInsight Complete(IReadOnlyList<PictureStudy> pictures, AnnotatedBoxes? boxes, CancellationToken cancellation) =>
        ModelInsight.Of(Plan, pictures, _encoder.Parameter(PositionTable.Key), boxes, cancellation);

    private static IEnumerable<EncoderOutput> Outputs(StudyPlan plan)
    {
        const InsightParts EveryLevel = InsightParts.Norms | InsightParts.Channels | InsightParts.Pca | InsightParts.Registers | InsightParts.Global;
        if ((plan.Parts & EveryLevel) != 0)
        {
            yield return EncoderOutput.InputTokens;
            for (int block = 0; block < plan.Depth - 1; block++) yield return EncoderOutput.BlockTokens(block);
        }
        yield return EncoderOutput.BlockTokens(plan.Depth - 1);                    // outliers are told by it, whatever the part
        if (plan.Has(InsightParts.Norms)) yield return EncoderOutput.PatchEmbedding;
        if (plan.Has(InsightParts.Norms | InsightParts.Pca) || plan.Measures(InsightParts.Local) || plan.Has(InsightParts.Global)) yield return EncoderOutput.Tokens;
        if (plan.Has(InsightParts.Attention) || plan.Measures(InsightParts.Registers))
        {
            for (int block = 0; block < plan.Depth; block++) yield return EncoderOutput.Attention(block);
        }
        if (plan.Has(InsightParts.Attention) && plan.Network.Config.HasAttentionPool) yield return EncoderOutput.PoolAttention;
        if (plan.Measures(InsightParts.Lost)) yield return EncoderOutput.Keys(plan.Depth - 1);
    }

    private PictureTokens TokensOf(EncodedImage picture, ReadOnlyMemory<float> input, ImageFeatures features)
    {
        return new PictureTokens
        {
            Name = picture.Name,
            Label = _label(picture),
            Input = input,
            PatchEmbedding = Find(EncoderOutput.PatchEmbedding),
            Levels = [.. Asked.Where(output => output == EncoderOutput.InputTokens || Enumerable.Range(0, Plan.Depth).Any(block => output == EncoderOutput.BlockTokens(block))).Select(Find)],
            Final = Find(EncoderOutput.Tokens),
            Attention = [.. Enumerable.Range(0, Plan.Depth).Select(EncoderOutput.Attention).Where(Asked.Contains).Select(Find)],
            PoolAttention = Find(EncoderOutput.PoolAttention),
            Keys = Find(EncoderOutput.Keys(Plan.Depth - 1)),
        };

        ReadOnlyMemory<float> Find(EncoderOutput output) => Asked.Contains(output) ? features[output.Name].Values : default;
    }
}
