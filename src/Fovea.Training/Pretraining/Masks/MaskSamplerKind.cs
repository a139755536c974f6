using System.Text.Json.Serialization;

namespace Fovea.Training.Pretraining;

/// <summary>Which sampler draws the masks; docs/i-jepa.md compares them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaskSamplerKind>))]
internal enum MaskSamplerKind
{
    /// <summary>Every patch can be context and target, top and bottom alike; the default.</summary>
    [JsonStringEnumMemberName("unbiased")]
    Unbiased,

    /// <summary>The reference's, draw by draw, with its faults.</summary>
    [JsonStringEnumMemberName("compat")]
    Compat,
}
