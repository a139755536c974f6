using System.Globalization;
using System.Xml.Linq;
using Fovea.Images;
using Fovea.Pages;

namespace Fovea.Training.Runs.Reports;

/// <summary>Pictures: what the networks are shown and asked, and what the encoder takes for alike.</summary>
internal static class PicturePage
{
    private const double LineWidth = 2.5;                               // of 224: a line around targets
    private const int Colours = 4;

    public static XElement? Masks(RunReportData data)
    {
        if (data.Masks.Count == 0) return null;
        return Html.Element("section",
            Html.Element("h2", "Masks"),
            Html.Element("p", Html.Class("soft"), "Left what the target encoder sees, right what the context encoder sees. From the visible patches the predictor has to tell the target encoder's tokens inside of each coloured line."),
            Html.Element("div", Html.Class("masks"), data.Masks.Take(RunReport.MostMasks).Select(Mask)));
    }

    public static XElement? Neighbours(RunReportData data)
    {
        if (data.Neighbours.Count == 0) return null;
        return Html.Element("section",
            Html.Element("h2", "Nearest neighbours"),
            Html.Element("p", Html.Class("soft"), $"A picture, framed, and those of {ReportNumber.Count(data.NeighbourPictures)} fixed pictures whose features are most like its own, by cosine similarity, nearest first."),
            Html.Element("div", Html.Class("rows"), data.Neighbours.Take(RunReport.MostQueries).Select(Row)));
    }

    private static XElement Mask(MaskedPicture mask, int number)
    {
        (double width, double height) = (224.0, 224.0 * mask.Picture.Size.Height / mask.Picture.Size.Width);
        XElement image = Svg.Image(mask.Picture.IsSmall ? "small" : "large", mask.Picture.DataUri, width, height);
        string id = string.Create(CultureInfo.InvariantCulture, $"picture{number}");
        image.SetAttributeValue("id", id);
        string targets = mask.Targets.Count == 0 ? "no targets" : $"{mask.Targets.Count} targets of {mask.Targets.Max(target => target.Count)}";
        string sizes = $"{mask.Context.Count} of {mask.Grid.Patches} patches as context, {targets}";
        return Html.Element("figure",
            Html.Element("div", Html.Class("pair"),
                Svg.Picture((width, height), mask.Picture.Name, image),
                Svg.Picture((width, height), sizes, Svg.Use(id), Overlay(mask, new PatchOutline(mask.Grid, width, height)))),
            Html.Element("figcaption", Name(mask.Picture.Name), sizes));
    }

    private static IEnumerable<XElement> Overlay(MaskedPicture mask, PatchOutline outline)
    {
        HashSet<long> seen = [.. mask.Context];
        yield return Svg.Path("veil", outline.Area(Enumerable.Range(0, mask.Grid.Patches).Select(patch => (long)patch).Where(patch => !seen.Contains(patch))));
        for (int number = 0; number < mask.Targets.Count; number++)
        {
            // Each line lies within the one before where both go along the same edge.
            string path = outline.Line(mask.Targets[number], LineWidth * (0.6 + number % Colours));
            yield return Svg.Stroke("target halo", path, LineWidth + 1.5);
            yield return Svg.Stroke($"target t{number % Colours}", path, LineWidth);
        }
    }

    private static XElement Row(NeighbourRow row) => Html.Element("div", Html.Class("row"),
        Figure("query", row.Query, "query"),
        row.Neighbours.Take(RunReport.MostNeighbours).Select(neighbour => Figure("neighbour", neighbour.Picture, neighbour.Similarity.ToString("F2", CultureInfo.InvariantCulture).Replace('-', '−'))));

    private static XElement Figure(string kind, ReportPicture picture, string caption) => Html.Element("figure", Html.Class(kind),
        Html.Element("img", picture.IsSmall ? Html.Class("small") : null, new XAttribute("src", picture.DataUri), new XAttribute("alt", picture.Name),
            new XAttribute("width", picture.Size.Width), new XAttribute("height", picture.Size.Height)),
        Html.Element("figcaption", Html.Element("b", caption), Name(picture.Name)));

    private static XElement Name(string name) => Html.Element("span", Html.Class("name"), new XAttribute("title", name), name);
}
