namespace Fovea.Training.Evaluation;

/// <summary>The constants of COCO's box metric (Lin et al. 2014; the public evaluation program), digit by digit: computed another way some differ in the last bit, and figures with them.</summary>
internal static class CocoProtocol
{
    /// <summary>What keeps precision from 0 / 0: 2^-52.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>Most detections of a picture and class that are looked at.</summary>
    public const int MostDetections = 100;

    /// <summary>Overlaps from which on a detection is right. The ninth is not 0.9.</summary>
    public static IReadOnlyList<double> Overlaps { get; } = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95];

    /// <summary>Recalls at which precision is read: `i * 0.01`, ten of which lie one rounding step above `i / 100`, and 1.</summary>
    public static IReadOnlyList<double> Recalls { get; } = [.. Enumerable.Range(0, 100).Select(step => step * 0.01), 1];

    /// <summary>Sizes of objects in pixels; both ends belong to a range.</summary>
    public static IReadOnlyList<AreaRange> Areas { get; } = [new("all", 0, 1e10), new("small", 0, 1024), new("medium", 1024, 9216), new("large", 9216, 1e10)];

    /// <summary>How many detections of a picture and class count, best first.</summary>
    public static IReadOnlyList<int> Limits { get; } = [1, 10, MostDetections];
}

/// <summary>Objects of some size.</summary>
/// <param name="Name">As reports call it.</param>
/// <param name="Low">The least area, in pixels.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct AreaRange(string Name, double Low, double High)
{
    public bool Has(double area) => area >= Low && area <= High;
}
