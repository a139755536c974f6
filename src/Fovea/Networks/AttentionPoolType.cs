using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>How an attention pool makes one embedding of many tokens.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttentionPoolType>))]
public enum AttentionPoolType
{
    /// <summary>One learned query attends to projected tokens; a feed-forward branch follows (Zhai et al. 2022, "MAP head").</summary>
    MultiHeadAttentionPool,

    /// <summary>32 learned queries attend to the tokens themselves; each pools one chunk of the projected values.</summary>
    EfficientProbing,
}
