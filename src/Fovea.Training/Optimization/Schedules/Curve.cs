using System.Text.Json.Serialization;

namespace Fovea.Training.Optimization;

/// <summary>The way from one number to another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Curve>))]
internal enum Curve
{
    /// <summary>Half a cosine: slow at both ends (Loshchilov and Hutter 2017, eq. 5, without restarts).</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,

    /// <summary>In equal steps.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,
}

/// <summary>Numbers on a <see cref="Curve"/>.</summary>
internal static class Curves
{
    /// <summary>The number at <paramref name="share"/> of the way, 0 to 1.</summary>
    public static double Between(this Curve curve, double start, double end, double share) => curve switch
    {
        Curve.Linear => start + (end - start) * share,
        _ => end + (start - end) * (1 + Math.Cos(Math.PI * share)) / 2,
    };
}
