using System.Xml.Linq;
using Fovea.Pages;

namespace Fovea.Training.Runs.Reports;

/// <summary>What can be looked up: recipe, machine, skipped pictures.</summary>
internal static class TablePage
{
    public static XElement? Recipe(RunReportData data)
    {
        if (data.Recipe.Count == 0) return null;
        return Html.Element("section",
            Html.Element("h2", "Recipe"),
            Html.Element("p", Html.Class("soft"), "As it was resolved; ", Html.Element("code", "recipe.json"), " in the run folder runs again."),
            Html.Element("div", Html.Class("groups"), Groups(data.Recipe)));
    }

    public static XElement? Machine(RunReportData data) => data.Machine.Count == 0 ? null : Html.Element("section",
        Html.Element("h2", "Machine"),
        Html.Element("div", Html.Class("groups"), Html.Element("div", Html.Class("group"), Table(data.Machine.Select(fact => (fact.Name, fact.Value))))));

    public static XElement? Skipped(RunReportData data)
    {
        if (data.SkippedCount == 0) return null;
        int listed = Math.Min(data.Skipped.Count, RunReport.MostSkipped);
        string count = data.SkippedCount == 1 ? "One picture could not be used; another took its place." : $"{ReportNumber.Count(data.SkippedCount)} pictures could not be used; others took their places.";
        return Html.Element("section",
            Html.Element("h2", "Skipped pictures"),
            Html.Element("p", Html.Class("soft"), count, listed < data.SkippedCount ? $" The first {ReportNumber.Count(listed)}:" : null),
            Html.Element("div", Html.Class("skipped"), Table(data.Skipped.Take(listed).Select(picture => (picture.Name, Reason(picture))))));
    }

    // Reasons begin with the picture's name, which stands beside them already.
    private static string Reason(SkippedImage picture)
    {
        string reason = picture.Reason.Message;
        return reason.StartsWith($"{picture.Name}: ", StringComparison.Ordinal) ? reason[(picture.Name.Length + 2)..] : reason;
    }

    // `optimizer.learning_rate.base` belongs to the group `optimizer` and is called `learning_rate.base` in it.
    private static IEnumerable<XElement> Groups(IReadOnlyList<ReportField> fields) => fields
        .GroupBy(field => field.Name.Contains('.', StringComparison.Ordinal) ? field.Name[..field.Name.IndexOf('.', StringComparison.Ordinal)] : "")
        .Select(group => Html.Element("div", Html.Class("group"),
            group.Key.Length == 0 ? null : Html.Element("h3", group.Key),
            Table(group.Select(field => (group.Key.Length == 0 ? field.Name : field.Name[(group.Key.Length + 1)..], field.Value)))));

    private static XElement Table(IEnumerable<(string Name, string Value)> rows) =>
        Html.Element("table", Html.Element("tbody", rows.Select(row => Html.Element("tr", Html.Element("th", row.Name), Html.Element("td", row.Value)))));
}
