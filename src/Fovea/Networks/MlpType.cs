using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>The feed-forward half of a block. All hidden widths are <see cref="VitConfig.MlpWidth"/> as given, never rounded.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MlpType>))]
public enum MlpType
{
    /// <summary>`W2 act(W1 x + b1) + b2` (Dosovitskiy et al. 2020, sec. 3.1).</summary>
    [JsonStringEnumMemberName("FFN")]
    FeedForward,

    /// <summary>`W2 (act(Wg x + bg) * (Wx x + bx)) + b2` (Shazeer 2020).</summary>
    [JsonStringEnumMemberName("SwiGLU_FFN")]
    Gated,

    /// <summary>As <see cref="Gated"/>, with a norm over the hidden features before the last product.</summary>
    [JsonStringEnumMemberName("Norm_SwiGLU_FFN")]
    GatedWithNorm,

    /// <summary>A soft mixture of experts in the second half of the blocks, <see cref="FeedForward"/> in the first (Puigcerver et al. 2023).</summary>
    [JsonStringEnumMemberName("SoftMoE_FFN")]
    SoftMixtureOfExperts,
}
