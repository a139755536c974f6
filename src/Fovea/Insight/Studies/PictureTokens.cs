namespace Fovea.Insight;

/// <summary>What a network gave for one picture; parts that are not measured are absent. Valid while the picture is looked at.</summary>
internal sealed class PictureTokens
{
    /// <summary>What outputs call the picture.</summary>
    public required string Name { get; init; }

    /// <summary>Its class; null where none is known.</summary>
    public long? Label { get; init; }

    /// <summary>[channels, height, width], normalised: what the network saw.</summary>
    public required ReadOnlyMemory<float> Input { get; init; }

    /// <summary>[patches, width] before positions.</summary>
    public ReadOnlyMemory<float> PatchEmbedding { get; init; }

    /// <summary>[tokens, width] as the first block gets them, then after each block, before the final norm: depth + 1 of them.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Levels { get; init; }

    /// <summary>[tokens, width] after the final norm.</summary>
    public ReadOnlyMemory<float> Final { get; init; }

    /// <summary>[heads, tokens, tokens] of each block.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Attention { get; init; }

    /// <summary>[rows, tokens that the pool sees]; empty without an attention pool.</summary>
    public ReadOnlyMemory<float> PoolAttention { get; init; }

    /// <summary>[tokens, width]: what objects are found by.</summary>
    public ReadOnlyMemory<float> Keys { get; init; }
}
