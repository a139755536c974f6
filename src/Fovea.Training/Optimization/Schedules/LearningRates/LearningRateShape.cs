using System.Text.Json.Serialization;

namespace Fovea.Training.Optimization;

/// <summary>How the learning rate falls between warm-up and cool-down; x counts units from the end of the warm-up, T is the last of them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LearningRateShape>))]
internal enum LearningRateShape
{
    /// <summary>minimum + (base - minimum) * (1 + cos(pi x / T)) / 2.</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,

    /// <summary>base.</summary>
    [JsonStringEnumMemberName("constant")]
    Constant,

    /// <summary>base * factor^floor(x / every).</summary>
    [JsonStringEnumMemberName("step")]
    Step,

    /// <summary>base * factor for each of the given units of the run that has been reached.</summary>
    [JsonStringEnumMemberName("multistep")]
    MultiStep,

    /// <summary>base * (1 - x / T)^power.</summary>
    [JsonStringEnumMemberName("polynomial")]
    Polynomial,

    /// <summary>base / sqrt(1 + x).</summary>
    [JsonStringEnumMemberName("reciprocal-sqrt")]
    ReciprocalSquareRoot,
}
