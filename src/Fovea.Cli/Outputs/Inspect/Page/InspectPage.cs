using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Fovea.Insight;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>
/// The report: one page that opens anywhere, offline, in light and dark, on a phone, by keyboard and by screen reader. Its one script is in it and draws the maps;
/// the page's policy lets no other run and nothing be asked of a network.
/// </summary>
internal static class InspectPage
{
    /// <summary>Writes the page; the stream stays open.</summary>
    public static void Write(Stream stream, DrawnMaps maps, long? available, AnnotatedBoxes? boxes, string model) => Html.Write(Page(maps, available, boxes, model), stream);

    private static XElement Page(DrawnMaps maps, long? available, AnnotatedBoxes? boxes, string model)
    {
        ModelInsight insight = maps.Insight;
        string script = PageStyle.Resource(typeof(InspectPage).Assembly, "Fovea.Cli.inspect.js").ReplaceLineEndings("\n");
        string policy = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
        string name = Path.GetFileName(model.TrimEnd('/', '\\'));
        return Html.Element("html", new XAttribute("lang", "en"),
            Html.Element("head",
                Html.Element("meta", new XAttribute("charset", "utf-8")),
                Html.Element("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                Html.Element("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", policy)),
                Html.Element("title", $"{name} – what the encoder sees"),
                Html.Element("style", PageStyle.Shared + PageStyle.Resource(typeof(InspectPage).Assembly, "Fovea.Cli.inspect.css"))),
            Html.Element("body",
                Html.Element("main",
                    Header(insight, available, name), PictureCards.Of(maps, boxes), NormSection.Of(insight), ModelSections.Channels(insight), ModelSections.Attention(insight), ModelSections.Registers(insight),
                    ModelSections.Probes(insight), ModelSections.Objects(insight), Skipped(insight),
                    Html.Element("footer", $"Written by fovea inspect {InspectJson.Version}. The same numbers as JSON: fovea inspect --json.")),
                Html.Element("script", new XAttribute("type", "application/json"), new XAttribute("id", "data"), Html.Raw(PageData.Of(maps))),
                Html.Element("script", Html.Raw(script))));
    }

    private static XElement Header(ModelInsight insight, long? available, string name)
    {
        VitConfig config = insight.Plan.Network.Config;
        string some = available > insight.Pictures.Count ? string.Create(CultureInfo.InvariantCulture, $"of {available:N0}, spread evenly (--max)") : "";
        return Html.Element("header",
            Html.Element("p", Html.Class("kicker"), "What the encoder sees"),
            Html.Element("h1", name),
            Html.Element("dl", Html.Class("tiles"),
                Tile("Pictures", insight.Pictures.Count.ToString("N0", CultureInfo.InvariantCulture), some),
                Tile("Network", string.Create(CultureInfo.InvariantCulture, $"{config.Depth} blocks"), string.Create(CultureInfo.InvariantCulture, $"width {config.Width}, {config.Heads} heads, {(config.Norm == NormType.RmsNorm ? "RMS" : "layer")} norm")),
                Tile("Patches", insight.Plan.Grid.ToString(), string.Create(CultureInfo.InvariantCulture, $"of {config.PatchSize} pixels, picture {insight.Plan.Network.Size}")),
                Tile("Special tokens", Specials(config), $"embedding: {InspectJson.PoolOf(insight.Plan.Network)}"),
                insight.Outliers is { } outliers ? Tile("Outlier patches", InspectText.Verdict(outliers.Verdict), $"{ReportTable.Percent(outliers.Share)} of all") : null,
                insight.Lost is { Scores: [var lost, ..] } ? Tile("CorLoc", ReportTable.Percent(lost.Share), $"{ReportTable.Percent(lost.Interval.Low)} to {ReportTable.Percent(lost.Interval.High)}") : null));
    }

    private static string Specials(VitConfig config) => (config.Registers, config.HasClassToken) switch
    {
        (0, false) => "none",
        (0, true) => "class token",
        (var registers, false) => string.Create(CultureInfo.InvariantCulture, $"{registers} registers"),
        (var registers, true) => string.Create(CultureInfo.InvariantCulture, $"{registers} registers, class token"),
    };

    private static XElement Tile(string title, string value, string aside) =>
        Html.Element("div", Html.Element("dt", title), Html.Element("dd", value, aside.Length == 0 ? null : Html.Element("small", aside)));

    private static XElement? Skipped(ModelInsight insight)
    {
        if (insight.Skipped.Count == 0) return null;
        return Html.Element("section",
            Html.Element("h2", "Left out"),
            Html.Element("ul", Html.Class("readings"), insight.Skipped.Select(skipped => Html.Element("li", Html.Element("b", Runs.Inspect.InspectOptions.NameOf(skipped.Part)), $": {skipped.Reason}."))));
    }
}
