namespace Fovea.Training.Evaluation;

/// <summary>How objects are looked for and counted.</summary>
internal sealed record DiscoveryProtocol
{
    /// <summary>What patches are compared by.</summary>
    public PatchFeature Feature { get; init; } = PatchFeature.Keys;

    /// <summary>The block, from 0; null: the last.</summary>
    public int? Block { get; init; }

    /// <summary>Pictures with a longer side are made smaller; null: none is. It changes results.</summary>
    public int? MostPixels { get; init; }

    /// <summary>All pictures are stretched to this; null: each keeps its own size, padded with zeros to whole patches, as LOST does it.</summary>
    public ImageSize? FixedSize { get; init; }

    /// <summary>How LOST compares.</summary>
    public DiscoveryOptions Options { get; init; } = new();
}
