using System.Globalization;
using System.Xml.Linq;
using Fovea.Insight;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Token norms and outliers, as charts, sentences and a table.</summary>
internal static class NormSection
{
    private const int Bins = 48;
    private const double Width = 360, Height = 200, Left = 50, Right = 12, Top = 10, Bottom = 26;

    public static XElement? Of(ModelInsight insight)
    {
        if (insight.Outliers is not { } outliers) return null;
        return Html.Element("section",
            Html.Element("h2", "Token norms and outliers"),
            Html.Element("p", Html.Class("verdict"), Verdict(outliers, insight.Pictures.Count)),
            Html.Element("p", Html.Class("soft"), $"Large, well-trained encoders put what they know of a whole picture into a few background patches, whose norms become many times larger (Darcet et al. 2023). Norms are taken before the final norm, which would make them alike. The cut-off is fitted to the model: {OutlierResult.Rule}. In the paper, for DINOv2 ViT-g, it was set to 150 by eye; above 150 lie {Percent(outliers.PaperShare)} here."),
            Html.Element("div", Html.Class("charts"), Histogram(insight, outliers), Levels(insight), ByLevel(insight)),
            Places(outliers, insight.Plan.Grid),
            Html.Element("details", Html.Element("summary", "Norms of every level as a table"), Table(insight)));
    }

    private static string Verdict(OutlierResult outliers, int pictures)
    {
        string share = $"{Percent(outliers.Share)} of the patches (95 % interval {Percent(outliers.Interval.Low)} to {Percent(outliers.Interval.High)}) have a norm above {ReportNumber.Short(outliers.Cutoff)}";
        string first = outliers.FirstLevel is { } level ? level == 0 ? " They are there before the first block." : $" They first appear after block {level}." : "";
        return outliers.Verdict switch
        {
            OutlierVerdict.None => $"No outliers: {share}.",
            OutlierVerdict.Few => $"A few outliers: {share}, in {outliers.PicturesWith} of {pictures} pictures; {ReportNumber.Short(outliers.Ratio)} times the norm of the others.{first}",
            _ => $"Outliers are present: {share}, in {outliers.PicturesWith} of {pictures} pictures; {ReportNumber.Short(outliers.Ratio)} times the norm of the others.{first}",
        };
    }

    private static XElement Histogram(ModelInsight insight, OutlierResult outliers)
    {
        NormResult last = insight.Norms[^1];
        double top = Math.Max(Math.Max(last.Patches.Quantile(1), last.Special.Select(spread => spread.Mean).DefaultIfEmpty(0).Max()), 1e-30) * 1.02;
        AxisScale axis = AxisScale.Linear(0, top);
        double end = axis.Ticks[^1].Value;
        int total = insight.Pictures.Count * insight.Plan.Grid.Patches;
        double[] counts = [.. Enumerable.Range(0, Bins).Select(bin => Math.Round(total * (last.Patches.ShareAbove(bin * end / Bins) - last.Patches.ShareAbove((bin + 1) * end / Bins))))];
        AxisScale height = AxisScale.Logarithmic(0.5, Math.Max(counts.Max(), 2));
        double X(double norm) => Left + axis.Place(norm) * (Width - Left - Right);
        double Y(double count) => Height - Bottom - Math.Max(0, height.Place(Math.Max(count, height.Ticks[0].Value))) * (Height - Top - Bottom);
        string spoken = $"Histogram of patch norms after the last block: median {ReportNumber.Short(last.Patches.Median)}, largest {ReportNumber.Short(last.Patches.Quantile(1))}, cut-off {ReportNumber.Short(outliers.Cutoff)}";
        return Html.Element("figure", Html.Class("chart"),
            Html.Element("figcaption", Html.Element("p", Html.Class("title"), "Patch norms after the last block", Html.Element("span", Html.Class("unit"), " (counts on a log scale)"))),
            Svg.Picture((Width, Height), spoken,
                height.Ticks.SelectMany(tick => (XElement[])[Svg.Path("grid", $"M{Left} {Svg.Number(Y(tick.Value))}H{Width - Right}"), Svg.Text("tick end", Left - 6, Y(tick.Value) + 3.5, tick.Label)]),
                axis.Ticks.Select(tick => Svg.Text("tick middle", X(tick.Value), Height - 8, tick.Label)),
                counts.Select((count, bin) => count == 0 ? null : Svg.Rect("dot c0", X(bin * end / Bins) + 0.4, Y(count), (Width - Left - Right) / Bins - 0.8, Height - Bottom - Y(count))),
                last.Special.Select((spread, token) => Svg.Path(token < insight.Plan.Layout.Registers ? "line c1" : "line c3", $"M{Svg.Number(X(spread.Mean))} {Height - Bottom}v-26", Svg.Title($"{insight.Plan.Layout.NameOf(token)}: {ReportNumber.Short(spread.Mean)}"))),
                outliers.Cutoff <= end ? Svg.Path("cut", $"M{Svg.Number(X(outliers.Cutoff))} {Top}V{Height - Bottom}") : null),
            Html.Element("ul", Html.Class("legend"),
                Key("c0", "patches"),
                insight.Plan.Layout.Registers > 0 ? Key("c1", "each register, mean") : null,
                insight.Plan.Layout.HasClassToken ? Key("c3", "class token, mean") : null,
                Html.Element("li", Html.Class("aside"), outliers.Cutoff <= end ? $"dashed: cut-off {ReportNumber.Short(outliers.Cutoff)}" : $"cut-off {ReportNumber.Short(outliers.Cutoff)}, beyond the chart")));
    }

    private static XElement Key(string colour, string name) => Html.Element("li", Html.Element("span", Html.Class($"key {colour}"), ""), Html.Element("span", name));

    private static XElement Levels(ModelInsight insight)
    {
        TokenLayout layout = insight.Plan.Layout;
        List<LevelLine> lines = [new("patches, median", 0, Each(level => level.Patches.Median)), new("patches, largest", 2, Each(level => level.Patches.Quantile(1)))];
        for (int token = 0; token < layout.SpecialTokens; token++)
        {
            int number = token;
            lines.Add(new(token < layout.Registers ? "registers, mean of each" : "class token, mean", token < layout.Registers ? 1 : 3, Each(level => level.Special[number].Mean)));
        }
        return LevelChart.Of("Norms by level (band: 5 to 95 % of the patches)", insight.Norms[0].Level, lines, (Each(level => level.Patches.Quantile(0.05)), Each(level => level.Patches.Quantile(0.95))));

        double[] Each(Func<NormResult, double> value) => [.. insight.Norms.Select(value)];
    }

    // Rows are levels, the last on top; columns norms on a logarithmic scale; brightness the logarithm of the count.
    private static XElement ByLevel(ModelInsight insight)
    {
        double low = Math.Max(insight.Norms.Min(level => level.Patches.Quantile(0.001)), 1e-6) * 0.9, high = insight.Norms.Max(level => level.Patches.Quantile(1)) * 1.05;
        double Edge(int bin) => low * Math.Pow(high / low, (double)bin / Bins);
        int total = insight.Pictures.Count * insight.Plan.Grid.Patches;
        double[] values = [.. insight.Norms.Reverse().SelectMany(level => Enumerable.Range(0, Bins).Select(bin => Math.Log10(1 + total * (level.Patches.ShareAbove(Edge(bin)) - level.Patches.ShareAbove(Edge(bin + 1))))))];
        string words = $"Histogram of patch norms by level: norms {ReportNumber.Short(low)} to {ReportNumber.Short(high)} on a log scale from left to right, the last level on top, brighter is more";
        return Html.Element("figure", Html.Class("chart"),
            Html.Element("figcaption", Html.Element("p", Html.Class("title"), "Histogram of norms by level")),
            Html.Element("img", Html.Class("plain"), new XAttribute("alt", words), new XAttribute("style", "height: 11rem; margin: 0.5rem 0"), new XAttribute("src", MapPicture.DataUri(values, Bins, values.Max()))),
            Html.Element("p", Html.Class("meaning"), $"Left to right: norms from {ReportNumber.Short(low)} to {ReportNumber.Short(high)}, log scale. Bottom to top: the input of block 1 to the last block. Brighter: more patches, log scale."));
    }

    private static XElement Places(OutlierResult outliers, PatchGrid grid)
    {
        OutlierPlaces places = (outliers.Places ?? outliers.TopPlaces)!;
        string who = outliers.Places is null ? "the 2 % of the patches with the largest norms" : "outliers";
        double top = places.HeatMap.Max(row => row.Max());
        return Html.Element("div",
            Html.Element("h3", "Where they sit"),
            outliers.Places is null ? Html.Element("p", $"There are not enough outliers to say where they sit ({outliers.Counts.Sum()} of {OutlierResult.Enough} that are needed). In their place, {who}:") : null,
            Html.Element("div", Html.Class("charts"),
                Html.Element("figure", Html.Class("chart"),
                    Html.Element("figcaption", Html.Element("p", Html.Class("title"), "How often, by place in the grid")),
                    Html.Element("img", Html.Class("plain"), new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"aspect-ratio: {grid.Columns} / {grid.Rows}; max-width: 18rem; margin-top: 0.5rem")), new XAttribute("alt", $"Map of the grid: how often {who} are at each place, at most in {Percent(top)} of the pictures"), new XAttribute("src", MapPicture.DataUri([.. places.HeatMap.SelectMany(row => row)], grid.Columns, top))),
                    Html.Element("p", Html.Class("meaning"), $"0 to {Percent(top)} of the pictures")),
                Html.Element("div",
                    Html.Element("ul", Html.Class("readings"),
                        Html.Element("li", $"{Percent(places.RingShare)} of them are in the outer ring, which is {Percent(places.RingOfGrid)} of the grid."),
                        Html.Element("li", $"Their pixels resemble those of their neighbours: mean cosine {Short(places.NeighbourCosine.Outlier)}, for all other patches {Short(places.NeighbourCosine.Normal)}."),
                        Html.Element("li", $"Little to see: low variance of brightness tells them with an area under the curve of {Short(places.LowVarianceArea)}, a low gradient with {Short(places.LowGradientArea)} (0.5: unrelated, 1: always).")))));
    }

    private static XElement Table(ModelInsight insight)
    {
        TokenLayout layout = insight.Plan.Layout;
        string[] heads = ["level", "median", "MADN", "95 %", "99 %", "99.9 %", "largest", "its own cut-off", "above it", .. Enumerable.Range(0, layout.SpecialTokens).Select(layout.NameOf)];
        List<string[]> rows = [.. insight.Norms.Select(level => Row(level.Level == 0 ? "input" : $"block {level.Level}", level))];
        if (insight.FinalNorms is { } final) rows.Add(Row("after the final norm (for comparison)", final));
        return ReportTable.Scrolling("Norms of every level", heads, rows);
    }

    private static string[] Row(string name, NormResult level) =>
    [
        name, Short(level.Patches.Median), Short(level.Patches.Madn), Short(level.Patches.Quantile(0.95)), Short(level.Patches.Quantile(0.99)), Short(level.Patches.Quantile(0.999)), Short(level.Patches.Quantile(1)),
        Short(level.Patches.Cutoff), Percent(level.ShareOfOutliers), .. level.Special.Select(spread => Short(spread.Mean)),
    ];

    private static string Short(double value) => ReportTable.Short(value);

    private static string Percent(double share) => ReportTable.Percent(share);
}
