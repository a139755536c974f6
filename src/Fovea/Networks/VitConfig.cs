using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>The numbers of a Vision Transformer: every field of the reference's configuration, with its defaults.</summary>
/// <remarks>
/// The JSON names are the reference's, so that a checkpoint's `config` reads as it is. Picture size, channels and classes are
/// no part of it: they belong to a trained model. Dosovitskiy et al. 2020; registers: Darcet et al. 2023.
/// </remarks>
public sealed record VitConfig
{
    /// <summary>Side of a square patch in pixels.</summary>
    [JsonPropertyName("patch_size")]
    public required int PatchSize { get; init; }

    /// <summary>Number of blocks.</summary>
    [JsonPropertyName("num_layers")]
    public required int Depth { get; init; }

    /// <summary>Attention heads of a block; the width is divisible by it.</summary>
    [JsonPropertyName("num_heads")]
    public required int Heads { get; init; }

    /// <summary>Numbers of one token, and of the embedding.</summary>
    [JsonPropertyName("hidden_dim")]
    public required int Width { get; init; }

    /// <summary>Hidden numbers of a block's feed-forward network.</summary>
    [JsonPropertyName("mlp_dim")]
    public required int MlpWidth { get; init; }

    /// <summary>Drop path of the last block in training, 0 to 1; it rises linearly from 0. No effect here at inference.</summary>
    [JsonPropertyName("drop_path_rate")]
    public required double DropPathRate { get; init; }

    /// <summary>Whether a learned position table is added at all. Default true.</summary>
    [JsonPropertyName("abs_pos_embed")]
    public bool HasPositions { get; init; } = true;

    /// <summary>Whether registers and class token have rows of their own in the position table. Default true.</summary>
    [JsonPropertyName("pos_embed_special_tokens")]
    public bool PositionsCoverSpecialTokens { get; init; } = true;

    /// <summary>Whether there is a class token, behind the registers. Default true.</summary>
    [JsonPropertyName("class_token")]
    public bool HasClassToken { get; init; } = true;

    /// <summary>Number of register tokens, in front of all others. Default 0.</summary>
    [JsonPropertyName("num_reg_tokens")]
    public int Registers { get; init; }

    /// <summary>Start value of layer scale; null: no layer scale. Default null.</summary>
    [JsonPropertyName("layer_scale_init_value")]
    public double? LayerScale { get; init; }

    /// <summary>Whether the tokens are normalised once before the first block; the patch projection then has no bias. Default false.</summary>
    [JsonPropertyName("pre_norm")]
    public bool HasPreNorm { get; init; }

    /// <summary>Whether there is a final norm. Default true.</summary>
    [JsonPropertyName("post_norm")]
    public bool HasFinalNorm { get; init; } = true;

    /// <summary>Whether the final norm is applied to the pooled embedding and not to the tokens. Default false.</summary>
    [JsonPropertyName("norm_after_pool")]
    public bool NormsAfterPool { get; init; }

    /// <summary>The kind of every configured norm. Default layer norm.</summary>
    [JsonPropertyName("norm_layer_type")]
    public NormType Norm { get; init; }

    /// <summary>Epsilon of every configured norm. Default 1e-6.</summary>
    [JsonPropertyName("norm_layer_eps")]
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether the joint query, key and value projection of a block has a bias. Default true.</summary>
    [JsonPropertyName("qkv_bias")]
    public bool HasQkvBias { get; init; } = true;

    /// <summary>Whether queries and keys are normalised per head. Default false.</summary>
    [JsonPropertyName("qk_norm")]
    public bool NormsQueriesAndKeys { get; init; }

    /// <summary>Whether the joined heads are normalised before the output projection. Default false.</summary>
    [JsonPropertyName("attn_norm")]
    public bool NormsAttention { get; init; }

    /// <summary>The feed-forward network of a block. Default plain.</summary>
    [JsonPropertyName("mlp_layer_type")]
    public MlpType Mlp { get; init; }

    /// <summary>Activation of the blocks; null: exact GELU, in gated networks SiLU. Default null.</summary>
    [JsonPropertyName("act_layer_type")]
    public Activation? Activation { get; init; }

    /// <summary>Whether an attention pool makes the embedding, class token or not. Default false.</summary>
    [JsonPropertyName("attn_pool_head")]
    public bool HasAttentionPool { get; init; }

    /// <summary>Kind of the attention pool. Default multi-head.</summary>
    [JsonPropertyName("attn_pool_type")]
    public AttentionPoolType AttentionPool { get; init; }

    /// <summary>Heads of the attention pool; null: <see cref="Heads"/>, for efficient probing 1. Default null.</summary>
    [JsonPropertyName("attn_pool_num_heads")]
    public int? AttentionPoolHeads { get; init; }

    /// <summary>Whether the attention pool sees registers and class token too. Default false.</summary>
    [JsonPropertyName("attn_pool_special_tokens")]
    public bool PoolsSpecialTokens { get; init; }

    /// <summary>Epsilon of the multi-head pool's layer norm. Default 1e-5.</summary>
    [JsonPropertyName("attn_pool_norm_eps")]
    public double AttentionPoolNormEpsilon { get; init; } = 1e-5;

    /// <summary>Experts of a soft mixture; null without one.</summary>
    [JsonPropertyName("soft_moe_num_experts")]
    public int? SoftMoeExperts { get; init; }

    /// <summary>Slots of each expert. Default 1.</summary>
    [JsonPropertyName("soft_moe_num_slots")]
    public int SoftMoeSlots { get; init; } = 1;

    /// <summary>Blocks whose outputs are the feature maps, negative ones counted from the end; null: the last. Default null.</summary>
    [JsonPropertyName("out_indices")]
    public IReadOnlyList<int>? StageBlocks { get; init; }

    /// <summary>Whether the last layer of the head has a bias. Default true.</summary>
    [JsonPropertyName("head_bias")]
    public bool HasHeadBias { get; init; } = true;

    /// <summary>Whether the head has a hidden layer of three times the width. Default false.</summary>
    [JsonPropertyName("mlp_head")]
    public bool HasMlpHead { get; init; }
}
