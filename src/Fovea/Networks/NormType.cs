using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>How a network normalises its tokens over their last axis; epsilon stands inside the square root.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NormType>))]
public enum NormType
{
    /// <summary>`(x - mean) / sqrt(variance + eps) * weight + bias`, with the biased variance (Ba et al. 2016).</summary>
    LayerNorm,

    /// <summary>`x / sqrt(mean(x^2) + eps) * weight` (Zhang and Sennrich 2019).</summary>
    [JsonStringEnumMemberName("RMSNorm")]
    RmsNorm,
}
