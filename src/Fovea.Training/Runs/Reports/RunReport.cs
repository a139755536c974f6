using System.Xml.Linq;
using Fovea.Pages;

namespace Fovea.Training.Runs.Reports;

/// <summary>
/// The file `report.html` of a run: one page that opens anywhere, offline, without a script, in light and dark, on a phone and on paper. The same data give the same bytes.
/// </summary>
internal static class RunReport
{
    /// <summary>Pictures with masks that are shown.</summary>
    public const int MostMasks = 6;

    /// <summary>Rows of neighbours that are shown.</summary>
    public const int MostQueries = 8;

    /// <summary>Neighbours in a row.</summary>
    public const int MostNeighbours = 7;

    /// <summary>The longest side that pictures of rows need; larger ones only make the file larger.</summary>
    public const int NeighbourSide = 112;

    /// <summary>Skipped pictures that are listed.</summary>
    public const int MostSkipped = 200;

    // Nothing in the page may ask a network or run a program, whatever a picture's name says.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    /// <summary>Writes the report.</summary>
    /// <param name="file">Its place; an older report there is replaced.</param>
    /// <param name="data">What it shows.</param>
    /// <exception cref="RunException">The disk is full, or the place may not be written; an older report is untouched then.</exception>
    public static void Write(string file, RunReportData data) => RunFolder.WriteWhole(file, stream => Write(stream, data));

    /// <summary>Writes the report to a stream, which stays open.</summary>
    public static void Write(Stream stream, RunReportData data) => Html.Write(Page(data), stream);

    private static XElement Page(RunReportData data) => Html.Element("html", new XAttribute("lang", "en"),
        Html.Element("head",
            Html.Element("meta", new XAttribute("charset", "utf-8")),
            Html.Element("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Html.Element("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", Policy)),
            Html.Element("title", $"{data.Name} – Fovea training run"),
            Html.Element("style", Style())),
        Html.Element("body", Html.Element("main",
            HeadPage.Header(data), HeadPage.Warnings(data), CurvePage.Of(data), ClassPage.Of(data), PicturePage.Masks(data), PicturePage.Neighbours(data), TablePage.Recipe(data), TablePage.Machine(data), TablePage.Skipped(data),
            Html.Element("footer", "Every figure is in ", Html.Element("code", "metrics.jsonl"), " beside this file. Written by fovea-train."))));

    private static string Style() => PageStyle.Shared + PageStyle.Resource(typeof(RunReport).Assembly, "Fovea.Training.report.css");
}
