using System.Xml.Linq;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Tables of the report: the first column names the row, the others are numbers.</summary>
internal static class ReportTable
{
    public static XElement Of(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) => Html.Element("table",
        Html.Element("thead", Html.Element("tr", heads.Select((head, column) => Html.Element("th", new XAttribute("scope", "col"), column == 0 ? null : Html.Class("number"), head)))),
        Html.Element("tbody", rows.Select(row => Html.Element("tr", row.Select((cell, column) => column == 0
            ? Html.Element("th", new XAttribute("scope", "row"), cell)
            : Html.Element("td", Html.Class("number"), cell))))));

    /// <summary>A table that is wider than a phone: it scrolls by itself, by keyboard too.</summary>
    public static XElement Scrolling(string name, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) =>
        Html.Element("div", Html.Class("scroll"), new XAttribute("tabindex", "0"), new XAttribute("role", "region"), new XAttribute("aria-label", name), Of(heads, rows));

    /// <summary>Three digits; a dash where there is no number.</summary>
    public static string Short(double value) => double.IsNaN(value) ? "–" : ReportNumber.Short(value);

    /// <summary>Hundredths of a share; a dash where there is none.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : ReportNumber.Percent(share, share is > 0 and < 0.01 ? 2 : 1);
}
