using System.Globalization;
using System.Xml.Linq;
using Fovea.Pages;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Runs.Reports;

/// <summary>How well a classifier tells its classes apart.</summary>
internal static class ClassPage
{
    private const int MostClasses = 500;

    public static XElement? Of(RunReportData data)
    {
        if (data.Classifier is not { } page) return null;
        ClassifierReport report = page.Report;
        return Html.Element("section",
            Html.Element("h2", "Classes"),
            Html.Element("p", Html.Class("soft"), $"Of the model that serves, that of step {ReportNumber.Count(page.Step)}, on {ReportNumber.Count(report.Data.Test)} validation pictures: top 1 {Interval(report.Top1)}, top 5 {Interval(report.Top5)}. Always naming the most frequent class is right for {Percent(report.Data.Majority)}."),
            Confusion(report.Confusion),
            Html.Element("h3", "Each class"),
            Html.Element("div", Html.Class("scroll"), Table(report)),
            page.Mistakes.Count == 0 ? null : Html.Element("h3", "The surest mistakes"),
            page.Mistakes.Count == 0 ? null : Html.Element("div", Html.Class("rows"), Html.Element("div", Html.Class("row"), page.Mistakes.Select(Figure))));
    }

    private static XElement? Confusion(ConfusionMatrix confusion)
    {
        if (confusion.Classes > ConfusionPicture.MostClasses) return null;
        using MemoryStream picture = new();
        ConfusionPicture.WritePng(picture, confusion);
        return Html.Element("div", Html.Class("scroll"), Html.Element("figure",
            Html.Element("img", new XAttribute("src", $"data:image/png;base64,{Convert.ToBase64String(picture.ToArray())}"), new XAttribute("alt", "Confusion matrix")),
            Html.Element("figcaption", Html.Class("soft"), "Rows are true classes, columns what they are taken for: blue is right, red is wrong. Numbers at the edges are those of the table.")));
    }

    // The worst first: that is what a reader looks for.
    private static XElement Table(ClassifierReport report) => Html.Element("table",
        Html.Element("thead", Html.Element("tr", Html.Element("th", "class"), Number("th", "number"), Number("th", "pictures"), Number("th", "right"), Number("th", "95 % interval"), Html.Element("th", "most often taken for"))),
        Html.Element("tbody", report.Classes.OrderBy(one => one.Accuracy?.Value ?? 2).ThenBy(one => one.Label).Take(MostClasses).Select(one => Html.Element("tr",
            Html.Element("td", one.Name),
            Number("td", ReportNumber.Count(one.Label)),
            Number("td", ReportNumber.Count(one.Samples)),
            Number("td", one.Accuracy is { } accuracy ? Percent(accuracy.Value) : "none"),
            Number("td", one.Accuracy is { Low: { } low, High: { } high } ? $"{Percent(low)} to {Percent(high)}" : ""),
            Html.Element("td", one.MostConfused is { } other ? report.Classes[other].Name : "")))));

    private static XElement Figure(Mistake mistake) => Html.Element("figure",
        Html.Element("img", mistake.Picture.IsSmall ? Html.Class("small") : null, new XAttribute("src", mistake.Picture.DataUri), new XAttribute("alt", mistake.Picture.Name),
            new XAttribute("width", mistake.Picture.Size.Width), new XAttribute("height", mistake.Picture.Size.Height)),
        Html.Element("figcaption",
            Html.Element("b", $"{mistake.Prediction} {mistake.Confidence.ToString("F2", CultureInfo.InvariantCulture)}"),
            Html.Element("span", Html.Class("name"), new XAttribute("title", mistake.Picture.Name), $"is {mistake.Truth}")));

    private static string Interval(Estimate estimate) => estimate is { Low: { } low, High: { } high } ? $"{Percent(estimate.Value)} ({Percent(low)} to {Percent(high)})" : Percent(estimate.Value);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static XElement Number(string cell, string text) => Html.Element(cell, Html.Class("number"), text);
}
