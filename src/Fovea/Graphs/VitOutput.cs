using System.Globalization;
using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>Something that a network can give. Only what is asked for is computed; <see cref="Name"/> is the output's name in the graph.</summary>
/// <remarks>Equal when they are the same numbers, whatever they are called.</remarks>
internal readonly record struct VitOutput(string Name, VitOutput.Kind Content, int Index = 0)
{
    public enum Kind
    {
        /// <summary>[batch, patches, width] after the patch projection, before positions.</summary>
        PatchEmbedding,

        /// <summary>[batch, tokens, width] as the first block gets them (before the norm of <see cref="VitConfig.HasPreNorm"/>).</summary>
        InputTokens,

        /// <summary>[batch, tokens, width] after block <see cref="Index"/>, special tokens included, no norm.</summary>
        Block,

        /// <summary>[batch, heads, tokens, tokens]: softmax weights of block <see cref="Index"/>, from row to column.</summary>
        Attention,

        /// <summary>[batch, tokens, width]: queries of block <see cref="Index"/>, heads side by side, after their norm if there is one, before scaling.</summary>
        Queries,

        /// <summary>[batch, tokens, width]: keys, as the queries.</summary>
        Keys,

        /// <summary>[batch, tokens, width]: values, heads side by side.</summary>
        Values,

        /// <summary>[batch, rows, tokens that the pool sees]: softmax weights of the attention pool; a row is a head, or a learned query of efficient probing.</summary>
        PoolAttention,

        /// <summary>[batch, width, rows, columns]: patches after block <see cref="Index"/>, no norm.</summary>
        FeatureMap,

        /// <summary>[batch, tokens, width] after the final norm (if it is on the tokens), special tokens included.</summary>
        Tokens,

        /// <summary>[batch, width].</summary>
        Embedding,

        /// <summary>[batch, classes], before softmax.</summary>
        Logits,
    }

    public static VitOutput PatchEmbedding { get; } = new("patch_embedding", Kind.PatchEmbedding);

    public static VitOutput InputTokens { get; } = new("input_tokens", Kind.InputTokens);

    public static VitOutput Tokens { get; } = new("tokens", Kind.Tokens);

    public static VitOutput Embedding { get; } = new("embedding", Kind.Embedding);

    public static VitOutput Logits { get; } = new("logits", Kind.Logits);

    public static VitOutput Block(int block) => new(Numbered("block", block), Kind.Block, block);

    public static VitOutput Attention(int block) => new(Numbered("attention", block), Kind.Attention, block);

    public static VitOutput Queries(int block) => new(Numbered("queries", block), Kind.Queries, block);

    public static VitOutput Keys(int block) => new(Numbered("keys", block), Kind.Keys, block);

    public static VitOutput Values(int block) => new(Numbered("values", block), Kind.Values, block);

    public static VitOutput PoolAttention { get; } = new("pool_attention", Kind.PoolAttention);

    public static VitOutput FeatureMap(int block) => new(Numbered("feature_map", block), Kind.FeatureMap, block);

    public bool Equals(VitOutput other) => Content == other.Content && Index == other.Index;

    public override int GetHashCode() => HashCode.Combine(Content, Index);

    /// <summary>The number of blocks that must run for this output.</summary>
    public int BlocksNeeded(VitNetwork network) => Content switch
    {
        Kind.PatchEmbedding or Kind.InputTokens => 0,
        Kind.Block or Kind.Attention or Kind.FeatureMap or Kind.Queries or Kind.Keys or Kind.Values => Index + 1,
        _ => network.Config.Depth,
    };

    private static string Numbered(string what, int block) => string.Create(CultureInfo.InvariantCulture, $"{what}.{block}");
}
