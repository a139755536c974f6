using Fovea.Pages;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>Figures of a run as people read them.</summary>
internal static class MetricNumber
{
    /// <summary>A figure whose unit stands elsewhere: `38.2 %`, `412`, `0.183`.</summary>
    public static string Bare(Metric metric, double value) => metric.Unit == "%" ? ReportNumber.Percent(value) : ReportNumber.Short(value);

    /// <summary>A figure with its unit: `38.2 %`, `412 pictures/s`, `0.183`.</summary>
    public static string Of(Metric metric, double value) => metric.Unit is "" or "%" ? Bare(metric, value) : $"{Bare(metric, value)} {metric.Unit}";
}
