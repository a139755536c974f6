using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Fovea.Inference;

/// <summary>Metrics and traces of encoders, under the name `Fovea`: what an application listens to is its own choice.</summary>
internal static class EncoderTelemetry
{
    private const string Name = "Fovea";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Activities = new(Name);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("fovea.picture.duration", unit: "s", description: "From encoded bytes to results, per picture.");

    private static readonly Counter<long> Pictures =
        Meter.CreateCounter<long>("fovea.pictures", unit: "{picture}", description: "Pictures by outcome: used or skipped.");

    /// <summary>The span of one picture; dispose it when the picture is done. Null when nobody listens.</summary>
    public static Activity? StartPicture() => Activities.StartActivity("fovea.picture");

    /// <summary>The span of loading a model.</summary>
    public static Activity? StartLoading() => Activities.StartActivity("fovea.load");

    /// <param name="started">From <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static void Used(long started)
    {
        Pictures.Add(1, new KeyValuePair<string, object?>("outcome", "used"));
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public static void Skipped() => Pictures.Add(1, new KeyValuePair<string, object?>("outcome", "skipped"));
}
