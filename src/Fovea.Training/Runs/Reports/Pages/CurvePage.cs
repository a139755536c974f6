using System.Xml.Linq;
using Fovea.Pages;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>The curves of a run, and the same figures as a table.</summary>
internal static class CurvePage
{
    public static XElement? Of(RunReportData data)
    {
        if (data.History.Metrics.Count == 0) return null;
        XElement section = Html.Element("section",
            Html.Element("h2", "Curves"),
            Html.Element("p", Html.Class("soft"), "Over optimiser steps. Dashed across: the untrained encoder. A pale band shows least and greatest values where the line is a mean. Dotted upright: a warning began."));
        foreach ((string heading, IReadOnlyList<ChartPlan> plans) in ChartPlan.Of(data.History))
        {
            Chart[] charts = [.. plans.Select(plan => Chart.Of(plan, data.History, data.Warnings)).OfType<Chart>()];
            if (charts.Length > 0) section.Add(Html.Element("h3", heading), Html.Element("div", Html.Class("charts"), charts.Select(chart => chart.ToHtml())));
        }
        section.Add(Html.Element("h3", "All figures"), Html.Element("div", Html.Class("scroll figures"), Table(data.History)));
        return section;
    }

    private static XElement Table(MetricsHistory history) => Html.Element("table",
        Html.Element("thead", Html.Element("tr", Html.Element("th", "figure"), Html.Element("th", "unit"), Number("th", "first"), Number("th", "least"), Number("th", "greatest"), Number("th", "last"))),
        Html.Element("tbody", history.Metrics.Select(metric => Row(metric, [.. history[metric].Select(point => point.Value)]))));

    private static XElement Row(Metric metric, double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        string Text(double value) => MetricNumber.Bare(metric, value);
        return Html.Element("tr",
            Html.Element("td", metric.Title == metric.Name ? null : $"{metric.Title} ", Html.Element("span", Html.Class("soft"), metric.Name)),
            Html.Element("td", Html.Class("soft"), metric.Unit),
            Number("td", Text(values[0])),
            Number("td", finite.Length == 0 ? "none" : Text(finite.Min())),
            Number("td", finite.Length == 0 ? "none" : Text(finite.Max())),
            Number("td", Text(values[^1])));
    }

    private static XElement Number(string cell, string text) => Html.Element(cell, Html.Class("number"), text);
}
