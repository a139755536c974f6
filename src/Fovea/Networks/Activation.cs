using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>The activation function inside a block's feed-forward network, with the reference's constants.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
public enum Activation
{
    /// <summary>`x`.</summary>
    [JsonStringEnumMemberName("identity")]
    Identity,

    /// <summary>`max(x, 0)`.</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,

    /// <summary>`min(max(x, 0), 6)`.</summary>
    [JsonStringEnumMemberName("relu6")]
    Relu6,

    /// <summary>`x`, below zero `0.01 x`.</summary>
    [JsonStringEnumMemberName("leaky_relu")]
    LeakyRelu,

    /// <summary>`x`, below zero `exp(x) - 1`.</summary>
    [JsonStringEnumMemberName("elu")]
    Elu,

    /// <summary>`x`, below zero times one learned slope.</summary>
    [JsonStringEnumMemberName("prelu")]
    PRelu,

    /// <summary>As <see cref="Elu"/> at alpha 1.</summary>
    [JsonStringEnumMemberName("celu")]
    Celu,

    /// <summary>Self-normalising ELU (Klambauer et al. 2017).</summary>
    [JsonStringEnumMemberName("selu")]
    Selu,

    /// <summary>`x * P(X &lt;= x)` of the normal distribution, by the error function.</summary>
    [JsonStringEnumMemberName("gelu")]
    Gelu,

    /// <summary>The tanh approximation of <see cref="Gelu"/>; it moves an embedding by up to 1e-3.</summary>
    [JsonStringEnumMemberName("gelu_tanh")]
    GeluTanh,

    /// <summary>`x * sigmoid(1.702 x)`, as in the first CLIP models.</summary>
    [JsonStringEnumMemberName("quick_gelu")]
    QuickGelu,

    /// <summary>`x * sigmoid(x)`.</summary>
    [JsonStringEnumMemberName("silu")]
    Silu,

    /// <summary>`x * tanh(log(1 + exp(x)))`.</summary>
    [JsonStringEnumMemberName("mish")]
    Mish,

    /// <summary>`1 / (1 + exp(-x))`.</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    [JsonStringEnumMemberName("tanh")]
    Tanh,

    /// <summary>`min(max(x / 6 + 1 / 2, 0), 1)`.</summary>
    [JsonStringEnumMemberName("hard_sigmoid")]
    HardSigmoid,

    /// <summary>`x * hard_sigmoid(x)`.</summary>
    [JsonStringEnumMemberName("hard_swish")]
    HardSwish,

    /// <summary>`min(max(x, -1), 1)`.</summary>
    [JsonStringEnumMemberName("hard_tanh")]
    HardTanh,
}
