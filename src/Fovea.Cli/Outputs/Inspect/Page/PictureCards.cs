using System.Globalization;
using System.Xml.Linq;
using Fovea.Insight;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Each drawn picture beside its maps. The page's script fills the maps; pictures and boxes are there without it.</summary>
internal static class PictureCards
{
    public static XElement Of(DrawnMaps maps, AnnotatedBoxes? boxes)
    {
        ModelInsight insight = maps.Insight;
        StudyPlan plan = insight.Plan;
        return Html.Element("section",
            Html.Element("h2", "Pictures"),
            Html.Element("p", Html.Class("soft"), Introduction(maps)),
            Html.Element("noscript", Html.Element("p", "The maps are drawn by a script in this page; allow scripts to see them.")),
            Controls(plan),
            insight.Lost is null ? null : Keys(boxes is not null),
            maps.Pictures.Select((picture, number) => Card(insight, picture, number, boxes)));
    }

    private static string Introduction(DrawnMaps maps)
    {
        ModelInsight insight = maps.Insight;
        string some = maps.Pictures.Count < insight.Pictures.Count ? string.Create(CultureInfo.InvariantCulture, $"{maps.Pictures.Count} of the {insight.Pictures.Count:N0} pictures that were measured. ") : "";
        string one = maps.Pictures.Count == 1 ? "With one picture, colours compare its own patches only. " : "Colours of the principal components mean the same in all pictures. ";
        string stored = maps.SimilarityLevels().Length < maps.LevelNames.Count && insight.Plan.Has(InsightParts.Pca) ? $" Cosines are kept for {maps.SimilarityLevels().Length} of {maps.LevelNames.Count} levels{(maps.SimilarityPictures() < maps.Pictures.Count ? $" and {maps.SimilarityPictures()} pictures" : "")}; the nearest is shown." : "";
        return $"{some}As the network saw them. Choose a patch with a pointer, or with the arrow keys when a picture has the focus, to see what is like it. {one}{Query(insight.Plan)}{stored}";
    }

    // What takes the place of the query that an average-pooled network does not have.
    private static string Query(StudyPlan plan)
    {
        VitConfig config = plan.Network.Config;
        if (config.HasAttentionPool) return "The pooled query is the attention pool's own.";
        if (config.HasClassToken) return "The embedding is the class token, so its attention is that of the pooled query.";
        return "This network averages its patches and so has no pooled query: in its place stands what the patches attend to on average.";
    }

    private static XElement Controls(StudyPlan plan)
    {
        bool hasAttention = plan.Has(InsightParts.Attention);
        string last = (plan.Depth + 1).ToString(CultureInfo.InvariantCulture);
        return Html.Element("div", Html.Class("controls"), new XAttribute("role", "group"), new XAttribute("aria-label", "What the maps show"),
            Html.Element("label", Html.Class("level"), Html.Element("span", "Level: ", Html.Element("span", new XAttribute("id", "level-words"), "after the final norm")), Html.Element("input", new XAttribute("id", "level"), new XAttribute("type", "range"), new XAttribute("min", "0"), new XAttribute("max", last), new XAttribute("step", "1"), new XAttribute("value", last))),
            hasAttention ? Html.Element("label", "Attention of", Html.Element("select", new XAttribute("id", "query"), Queries(plan))) : null,
            hasAttention ? Html.Element("label", "Head", Html.Element("select", new XAttribute("id", "head"), Enumerable.Range(0, plan.Network.Config.Heads + 1).Select(head => Option(head.ToString(CultureInfo.InvariantCulture), head == 0 ? "mean over heads" : head.ToString(CultureInfo.InvariantCulture))))) : null,
            plan.Has(InsightParts.Pca) ? Tick("dims", "dim the background", isChecked: false) : null,
            plan.Measures(InsightParts.Lost) ? Tick("boxes", "show boxes", isChecked: true) : null);
    }

    private static IEnumerable<XElement> Queries(StudyPlan plan)
    {
        if (plan.Network.Config.HasAttentionPool) yield return Option("pool", "Pooled query");
        string[] queries = [.. PageData.Queries(plan.Layout)];
        // First what the embedding is made by: the class token, or the mean of the patches.
        int first = plan.Layout.HasClassToken ? plan.Layout.Registers : queries.Length - 1;
        foreach (int number in Enumerable.Range(0, queries.Length).OrderBy(number => number == first ? 0 : 1)) yield return Option(number.ToString(CultureInfo.InvariantCulture), queries[number]);
        yield return Option("rollout", "Rollout over all blocks");
    }

    private static XElement Option(string value, string text) => Html.Element("option", new XAttribute("value", value), text);

    private static XElement Tick(string id, string text, bool isChecked) => Html.Element("label", Html.Class("tick"),
        Html.Element("input", new XAttribute("id", id), new XAttribute("type", "checkbox"), isChecked ? new XAttribute("checked", "checked") : null), text);

    private static XElement Keys(bool isAnnotated) => Html.Element("ul", Html.Class("keys boxes"),
        Key("#ffd43b", "solid", "box that was found"), Key("#7ee787", "dashed", "by the seed patch alone"), isAnnotated ? Key("#4dc3ff", "dotted", "annotated") : null);

    private static XElement Key(string colour, string style, string text) =>
        Html.Element("li", Html.Element("i", new XAttribute("style", $"border-color: {colour}; border-style: {style}"), ""), text);

    private static XElement Card(ModelInsight insight, PictureStudy picture, int number, AnnotatedBoxes? boxes)
    {
        StudyPlan plan = insight.Plan;
        bool hasCosines = plan.Has(InsightParts.Pca);
        return Html.Element("article", Html.Class("card"), new XAttribute("id", string.Create(CultureInfo.InvariantCulture, $"picture-{number + 1}")),
            Html.Element("h3", picture.Name),
            Html.Element("div", Html.Class("maps"),
                Stage(plan, picture, boxes, hasCosines),
                hasCosines ? Map("pca", "Principal components", plan, null, null) : null,
                plan.Has(InsightParts.Norms) ? Map("norms", "Token norms", plan, "0 to 1", Svg.Overlay("outliers", (plan.Grid.Columns, plan.Grid.Rows))) : null,
                plan.Has(InsightParts.Attention) ? Map("attention", "Attention", plan, "0 to 1", null) : null,
                hasCosines ? Map("similarity", "Cosine to the chosen patch", plan, "0 to 1", null) : null),
            hasCosines ? Html.Element("p", Html.Class("told"), new XAttribute("aria-live", "polite"), "") : null);
    }

    private static XElement Stage(StudyPlan plan, PictureStudy picture, AnnotatedBoxes? boxes, bool isChosenFrom)
    {
        List<object?> content =
        [
            Html.Class(isChosenFrom ? "stage" : "frame"), Shape(plan),
            Html.Element("img", new XAttribute("src", picture.Drawn!.Picture.DataUri), new XAttribute("alt", $"The picture {picture.Name}"), new XAttribute("style", "width: 100%; height: 100%")),
            Boxes(plan, picture, boxes),
        ];
        if (isChosenFrom)
        {
            content.AddRange([new XAttribute("tabindex", "0"), new XAttribute("role", "application"), new XAttribute("aria-label", $"Patches of {picture.Name}: the arrow keys choose one"), Svg.Overlay("chosen", (plan.Grid.Columns, plan.Grid.Rows), Svg.Rect("mark", 0, 0, 1, 1))]);
        }
        return Html.Element("figure", Html.Element("div", [.. content]), Html.Element("figcaption", Html.Element("span", Html.Class("words"), "Picture")));
    }

    private static XElement? Boxes(StudyPlan plan, PictureStudy picture, AnnotatedBoxes? boxes)
    {
        if (picture.Found is not { } found) return null;
        ImageSize size = plan.Network.Size;
        AnnotatedPicture? annotated = boxes?.Find(picture.Name);
        return Svg.Overlay("boxes", (size.Width, size.Height),
            annotated?.Boxes.Select(box => Box("annotation", box.Scaled(annotated.Size, size))),
            Box("object-halo", found.Box), Box("object", found.Box), Box("seed-box", found.SeedOnlyBox));
    }

    private static XElement Box(string classes, PixelBox box) => Svg.Rect(classes, box.Left, box.Top, box.Right - box.Left, box.Bottom - box.Top);

    private static XElement Map(string kind, string words, StudyPlan plan, string? range, XElement? overlay) => Html.Element("figure", Html.Class(kind),
        Html.Element("div", Html.Class("frame"), Shape(plan),
            Html.Element("canvas", new XAttribute("width", plan.Grid.Columns), new XAttribute("height", plan.Grid.Rows), new XAttribute("role", "img"), new XAttribute("aria-label", words), ""),
            overlay),
        Html.Element("figcaption",
            Html.Element("span", Html.Class("words"), words),
            range is null ? null : Html.Element("span", Html.Class("bar"), Html.Element("span", Html.Class("ramp"), new XAttribute("style", $"background: {ColourScale.Gradient}"), ""), Html.Element("span", Html.Class("range"), range))));

    private static XAttribute Shape(StudyPlan plan) => new("style", string.Create(CultureInfo.InvariantCulture, $"aspect-ratio: {plan.Grid.Columns} / {plan.Grid.Rows}"));
}
