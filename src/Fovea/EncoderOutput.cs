using System.Globalization;
using Fovea.Graphs;
using Fovea.Networks;

namespace Fovea;

/// <summary>Something that an encoder can give for a picture. Only what is asked for is computed.</summary>
public readonly record struct EncoderOutput
{
    private readonly Content _content;
    private readonly int _number;
    private readonly string? _name;

    private EncoderOutput(Content content, int number, string name)
    {
        _content = content;
        _number = number;
        _name = name;
    }

    private enum Content
    {
        Embedding,
        Logits,
        Tokens,
        Neck,
        Stage,
        FeatureMap,
        Block,
        Attention,
        PatchEmbedding,
        InputTokens,
        Queries,
        Keys,
        Values,
        PoolAttention,
    }

    /// <summary>`embedding`: [width], what the head would see.</summary>
    public static EncoderOutput Embedding { get; } = new(Content.Embedding, 0, "embedding");

    /// <summary>`logits`: [outputs], before softmax; only of a model with a head.</summary>
    public static EncoderOutput Logits { get; } = new(Content.Logits, 0, "logits");

    /// <summary>`tokens`: [tokens, width] after the final norm, in the order registers, class token, patches.</summary>
    public static EncoderOutput Tokens { get; } = new(Content.Tokens, 0, "tokens");

    /// <summary>`neck`: [width, rows, columns], the patches of the last stage, before the final norm.</summary>
    public static EncoderOutput Neck { get; } = new(Content.Neck, 0, ModelDescription.Neck);

    /// <summary>`patch_embedding`: [patches, width], the projection of each patch, before positions.</summary>
    public static EncoderOutput PatchEmbedding { get; } = new(Content.PatchEmbedding, 0, "patch_embedding");

    /// <summary>`input_tokens`: [tokens, width], what the first block gets: patches with positions, special tokens included.</summary>
    public static EncoderOutput InputTokens { get; } = new(Content.InputTokens, 0, "input_tokens");

    /// <summary>
    /// `pool_attention`: [rows, tokens that the pool sees], how much the pooled query attends to each token; a row is a head, or a learned query of efficient
    /// probing; rows sum to 1. Only of a network with an attention pool, which sees the patches alone unless its configuration says otherwise.
    /// </summary>
    public static EncoderOutput PoolAttention { get; } = new(Content.PoolAttention, 0, "pool_attention");

    /// <summary>The name under which <see cref="ImageFeatures"/> has it.</summary>
    public string Name => _name ?? Embedding.Name;                                 // the default of the type is an embedding

    /// <summary>`stage1`, `stage2`, ...: [width, rows, columns], the reference's own names of its feature maps, before the final norm.</summary>
    /// <param name="number">From 1, in order of depth.</param>
    public static EncoderOutput Stage(int number) => new(Content.Stage, number, string.Create(CultureInfo.InvariantCulture, $"stage{number}"));

    /// <summary>`0`, `1`, ...: [width, rows, columns], the patches after any block, before the final norm.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput FeatureMap(int block) => new(Content.FeatureMap, block, block.ToString(CultureInfo.InvariantCulture));

    /// <summary>`block.0`, `block.1`, ...: [tokens, width] after any block, special tokens included, before the final norm.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput BlockTokens(int block) => new(Content.Block, block, string.Create(CultureInfo.InvariantCulture, $"block.{block}"));

    /// <summary>`attention.0`, `attention.1`, ...: [heads, tokens, tokens], how much each token (row) attends to each other (column); rows sum to 1.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput Attention(int block) => new(Content.Attention, block, string.Create(CultureInfo.InvariantCulture, $"attention.{block}"));

    /// <summary>`queries.0`, `queries.1`, ...: [tokens, width], the queries of a block's attention, heads side by side, after their norm if there is one, before scaling.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput Queries(int block) => new(Content.Queries, block, string.Create(CultureInfo.InvariantCulture, $"queries.{block}"));

    /// <summary>`keys.0`, `keys.1`, ...: [tokens, width], the keys, as the queries.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput Keys(int block) => new(Content.Keys, block, string.Create(CultureInfo.InvariantCulture, $"keys.{block}"));

    /// <summary>`values.0`, `values.1`, ...: [tokens, width], the values, heads side by side.</summary>
    /// <param name="block">From 0 to depth - 1.</param>
    public static EncoderOutput Values(int block) => new(Content.Values, block, string.Create(CultureInfo.InvariantCulture, $"values.{block}"));

    /// <summary>Reads a name as <see cref="Name"/> writes it: `neck`, `stage2`, `11`, `tokens`, `block.11`, `attention.11`, `keys.11`, `embedding`, `logits`, ...</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static EncoderOutput Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (EncoderOutput output in (ReadOnlySpan<EncoderOutput>)[Embedding, Logits, Tokens, Neck, PatchEmbedding, InputTokens, PoolAttention])
        {
            if (output.Name == name) return output;
        }
        if (TryNumber(name, "", out int number)) return FeatureMap(number);
        if (TryNumber(name, "stage", out number)) return Stage(number);
        if (TryNumber(name, "block.", out number)) return BlockTokens(number);
        if (TryNumber(name, "attention.", out number)) return Attention(number);
        if (TryNumber(name, "queries.", out number)) return Queries(number);
        if (TryNumber(name, "keys.", out number)) return Keys(number);
        if (TryNumber(name, "values.", out number)) return Values(number);
        throw new FormatException($"'{name}' is nothing that an encoder gives; write neck, stage1, a block's number (0 to depth - 1), tokens, block.N, attention.N, queries.N, keys.N, values.N, patch_embedding, input_tokens, pool_attention, embedding or logits.");
    }

    /// <summary>The output of the network that this is, with its number checked.</summary>
    /// <exception cref="ArgumentException">The network has no such stage or block, or no head.</exception>
    internal VitOutput Of(VitNetwork network) => _content switch
    {
        Content.Embedding => VitOutput.Embedding,
        Content.Logits => network.Classes > 0 ? VitOutput.Logits : throw new ArgumentException("logits are asked for, but the model has no head: it gives embeddings only."),
        Content.Tokens => VitOutput.Tokens,
        Content.Neck => VitOutput.FeatureMap(network.StageBlocks[^1]),
        Content.Stage => VitOutput.FeatureMap(network.StageBlocks[Checked("stage", _number - 1, network.StageBlocks.Length)]),
        Content.FeatureMap => VitOutput.FeatureMap(Checked("block", _number, network.Config.Depth)),
        Content.Block => VitOutput.Block(Checked("block", _number, network.Config.Depth)),
        Content.PatchEmbedding => VitOutput.PatchEmbedding,
        Content.InputTokens => VitOutput.InputTokens,
        Content.Queries => VitOutput.Queries(Checked("block", _number, network.Config.Depth)),
        Content.Keys => VitOutput.Keys(Checked("block", _number, network.Config.Depth)),
        Content.Values => VitOutput.Values(Checked("block", _number, network.Config.Depth)),
        Content.PoolAttention => network.Config.HasAttentionPool ? VitOutput.PoolAttention : throw new ArgumentException("the attention of the pool is asked for, but the network has no attention pool; ask for attention.N of a block."),
        _ => VitOutput.Attention(Checked("block", _number, network.Config.Depth)),
    };

    /// <summary>The dimensions that one picture has.</summary>
    internal TensorShape Shape(VitNetwork network) => _content switch
    {
        Content.Embedding => new(network.Config.Width),
        Content.Logits => new(network.Classes),
        Content.Tokens or Content.Block or Content.InputTokens or Content.Queries or Content.Keys or Content.Values => new(network.Tokens, network.Config.Width),
        Content.PatchEmbedding => new(network.Grid.Patches, network.Config.Width),
        Content.PoolAttention => new(network.PoolRows, network.PoolTokens),
        Content.Attention => new(network.Config.Heads, network.Tokens, network.Tokens),
        _ => new(network.Config.Width, network.Grid.Rows, network.Grid.Columns),
    };

    private int Checked(string what, int index, int count)
    {
        if (index >= 0 && index < count) return index;
        int first = _content == Content.Stage ? 1 : 0;
        throw new ArgumentException($"{what} {_number} is asked for, but the network has {what}s {first} to {count - 1 + first}.");
    }

    private static bool TryNumber(string name, string prefix, out int number)
    {
        number = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal) &&
            int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
