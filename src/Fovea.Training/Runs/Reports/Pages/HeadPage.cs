using System.Globalization;
using System.Xml.Linq;
using Fovea.Pages;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>What a reader sees first: which run it is, where it stands, and whether something is wrong.</summary>
internal static class HeadPage
{
    public static XElement Header(RunReportData data)
    {
        string standing = data.Step >= data.Steps ? "complete" : $"at step {ReportNumber.Count(data.Step)} of {ReportNumber.Count(data.Steps)}";
        return Html.Element("header",
            Html.Element("p", Html.Class("kicker"), "Fovea training run"),
            Html.Element("h1", data.Name),
            Html.Element("p", Html.Class("lead"), string.Create(CultureInfo.InvariantCulture, $"{standing}, written {data.Written.UtcDateTime:d MMMM yyyy, HH:mm} UTC")),
            Html.Element("dl", Html.Class("tiles"), Tiles(data)));
    }

    public static XElement Warnings(RunReportData data) => Html.Element("section",
        Html.Element("h2", "Health"),
        data.Warnings.Count == 0
            ? Html.Element("p", Html.Class("calm"), "Nothing to warn of.")
            : Html.Element("ul", Html.Class("warnings"), data.Warnings.Select(warning => Html.Element("li",
                Html.Element("p", Html.Element("b", $"Step {ReportNumber.Count(warning.Step)}"), $": {warning.Finding}"),
                Html.Element("p", Html.Class("soft"), $"What to try: {warning.Advice}")))));

    private static IEnumerable<XElement> Tiles(RunReportData data)
    {
        yield return Tile("Steps", ReportNumber.Count(data.Step), $"of {ReportNumber.Count(data.Steps)}");
        yield return Tile("Pictures seen", ReportNumber.Count(data.PicturesSeen), null);
        yield return Tile("Training time", ReportNumber.Duration(data.Duration), data.Duration > TimeSpan.Zero ? $"{ReportNumber.Short(data.PicturesSeen / data.Duration.TotalSeconds)} pictures/s on average" : null);
        foreach (Metric metric in data.Headlines)
        {
            if (data.History[metric].Count == 0) continue;
            ChartLine line = new(metric, data.History[metric]);
            if (double.IsNaN(line.Last)) continue;
            string? untrained = line.Untrained is { } value && metric.Kind == MetricKind.Evaluation ? $"untrained {MetricNumber.Of(metric, value)}" : null;
            yield return Tile(metric.Title, MetricNumber.Of(metric, line.Last), untrained);
        }
    }

    private static XElement Tile(string title, string value, string? aside) =>
        Html.Element("div", Html.Element("dt", title), Html.Element("dd", value, aside is null ? null : Html.Element("small", aside)));
}
