using System.Text.Json.Serialization;

namespace Fovea.Training.Optimization;

/// <summary>How the learning rate grows with the pictures of a step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchScaling>))]
internal enum BatchScaling
{
    /// <summary>In proportion (Goyal et al. 2017).</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>With the square root.</summary>
    [JsonStringEnumMemberName("sqrt")]
    SquareRoot,
}
