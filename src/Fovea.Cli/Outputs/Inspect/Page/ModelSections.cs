using System.Globalization;
using System.Xml.Linq;
using Fovea.Insight;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>What was measured of the model, over all pictures: channels, attention, registers, probes, objects.</summary>
internal static class ModelSections
{
    public static XElement? Channels(ModelInsight insight)
    {
        if (insight.Channels.Length == 0) return null;
        bool hasRegisters = insight.Channels[0].Registers is not null;
        string[] heads = ["level", "top 0.1 % by norm: largest channel", "largest 4", "other patches: largest channel", "largest 4", .. hasRegisters ? (string[])["registers: largest channel", "largest 4"] : [], "channels of the top"];
        return Html.Element("section",
            Html.Element("h2", "Channels"),
            Html.Element("p", Html.Class("soft"), "The share of a token's squared norm that lies in its largest channels. Very large norms hide in few channels, the same ones for every token; the last column lists those that are among the four largest of at least half of the top tokens."),
            ReportTable.Scrolling("Channels by level", heads, insight.Channels.Select(level => (IReadOnlyList<string>)[LevelName(level.Level), .. Shares(level.Top), .. Shares(level.Rest), .. hasRegisters ? Shares(level.Registers) : [], level.Top.Channels.Length == 0 ? "none" : string.Join(' ', level.Top.Channels)])));
    }

    public static XElement? Attention(ModelInsight insight)
    {
        if (!insight.Plan.Has(InsightParts.Attention)) return null;
        TokenLayout layout = insight.Plan.Layout;
        double[] Each(Func<HeadResult, double> value) => [.. insight.Attention.Select(block => value(block.Mean))];
        List<XElement> charts = [];
        if (layout.Registers > 0) charts.Add(LevelChart.Of("Attention from patches to registers, by block", 1, [new("share of a mean patch's attention", 0, Each(head => head.RegisterMass))], dashed: ("by chance", (double)layout.Registers / layout.Tokens)));
        charts.Add(LevelChart.Of("Spread of attention over the patches, by block (1: all alike)", 1, [new("patches", 0, Each(head => head.Entropy[^1])), .. Enumerable.Range(0, layout.SpecialTokens).Select(token => new LevelLine(token < layout.Registers ? "registers" : "class token", token < layout.Registers ? 1 : 3, Each(head => head.Entropy[token])))]));
        string[] heads = ["block", "head", "to registers", "to outliers", "spread of patches", "strongest sink", "which"];
        return Html.Element("section",
            Html.Element("h2", "Attention"),
            Html.Element("p", Html.Class("soft"), "What a mean patch attends to. A sink is the token that gets most."),
            Html.Element("div", Html.Class("charts"), charts),
            ReportTable.Scrolling("Attention by block", heads, insight.Attention.Select(block => Row(block.Block, "mean", block.Mean, layout))),
            Html.Element("details", Html.Element("summary", "Every head"), ReportTable.Scrolling("Attention by head", heads, insight.Attention.SelectMany(block => block.Heads.Select((head, number) => Row(block.Block, Text(number + 1), head, layout))))));
    }

    public static XElement? Registers(ModelInsight insight)
    {
        if (insight.Registers is not { } registers) return null;
        TokenLayout layout = insight.Plan.Layout;
        double[] mass = insight.Attention.Length == 0 ? [.. Enumerable.Repeat(double.NaN, layout.SpecialTokens)] : insight.Attention[^1].Mean.TokenMass, spread = insight.Attention.Length == 0 ? mass : insight.Attention[^1].Mean.Entropy;
        double top = registers.MeanMaps.Max(map => map.Max());
        string[] heads = ["register", "norm", "cosine between pictures", "share that varies", "attention it gets", "spread of its attention", "position: norm", "cosine to the patches' mean"];
        return Html.Element("section",
            Html.Element("h2", "Registers"),
            Html.Element("ul", Html.Class("readings"), registers.Readings.Select(reading => Html.Element("li", reading))),
            Html.Element("p", Html.Class("soft"), "After the last block. A cosine between pictures near 1 is a learned constant; low, it carries something of the picture. In I-JEPA what the last block writes into a register is never trained, only what its blocks read."),
            ReportTable.Scrolling("Registers", heads, registers.Levels.Select((levels, number) => (IReadOnlyList<string>)
            [
                layout.NameOf(number), Short(levels[^1].Norm.Mean), Short(levels[^1].CosineBetweenPictures), Percent(levels[^1].VarianceShare), Percent(mass[number]), Short(spread[number]),
                number < registers.Positions.Length ? Short(registers.Positions[number].Norm) : "–", number < registers.Positions.Length ? Short(registers.Positions[number].Cosine) : "–",
            ])),
            Html.Element("p", $"Between registers of one picture: cosine {Short(registers.CosineBetweenRegisters[^1])}. Between their attention maps: cosine {Short(registers.MapCosine)}, Jensen-Shannon distance {Short(registers.MapDistance)} (0: the same, 1: nothing in common)."),
            Html.Element("h3", "What each register attends to, mean over pictures"),
            Html.Element("div", Html.Class("small-maps"), registers.MeanMaps.Select((map, number) => Html.Element("figure",
                Html.Element("img", Html.Class("plain"), new XAttribute("style", string.Create(CultureInfo.InvariantCulture, $"aspect-ratio: {layout.Grid.Columns} / {layout.Grid.Rows}")), new XAttribute("alt", $"Mean attention of {layout.NameOf(number)} over the patches"), new XAttribute("src", MapPicture.DataUri([.. map.Select(value => (double)value)], layout.Grid.Columns, top))),
                Html.Element("figcaption", $"{layout.NameOf(number)}, 0 to {Short(top)}")))));
    }

    public static XElement? Probes(ModelInsight insight)
    {
        if (insight.Local is null && insight.Global.Count == 0) return null;
        XElement section = Html.Element("section", Html.Element("h2", "What single tokens know"));
        if (insight.Local is { } local)
        {
            section.Add(Html.Element("p", Html.Class("soft"), string.Create(CultureInfo.InvariantCulture, $"Of their place in the grid and of their own pixels, after the final norm. Learned from {local.TrainTokens:N0} tokens of {local.TrainPictures:N0} pictures, measured on {local.TestTokens:N0} tokens of {local.TestPictures:N0} others. Outliers hold little of both.")),
                ReportTable.Scrolling("Position and pixels", ["measure", "normal patches", "outliers", "for comparison"],
                [
                    ["test tokens", Text(local.PositionAccuracy.NormalCount), Text(local.PositionAccuracy.OutlierCount), ""],
                    ["position, top-1", Percent(local.PositionAccuracy.Normal), Percent(local.PositionAccuracy.Outlier), $"chance {Percent(local.Chance)}"],
                    ["position, distance in patches", Short(local.PositionDistance.Normal), Short(local.PositionDistance.Outlier), ""],
                    ["pixels, error", Short(local.PixelError.Normal), Short(local.PixelError.Outlier), ""],
                    ["pixels, of the error of the mean patch", Percent(local.RelativePixelError.Normal), Percent(local.RelativePixelError.Outlier), "100 %: nothing"],
                ]));
        }
        if (insight.Global.Count > 0)
        {
            section.Add(Html.Element("h3", "Which token knows the class"),
                Html.Element("p", Html.Class("soft"), "A logistic regression on one token of each picture; the same pictures in every row. If an outlier patch does much better than a normal one, outliers hold the picture."),
                ReportTable.Scrolling("Accuracy by token", ["token", "accuracy", "95 % interval", "learned from", "measured on"], insight.Global.Select(row => (IReadOnlyList<string>)
                    [row.IsSubset ? $"{row.Token} (pictures with an outlier)" : row.Token, Percent(row.Accuracy), $"{Percent(row.Low)} to {Percent(row.High)}", Text(row.Train), Text(row.Test)])));
        }
        return section;
    }

    public static XElement? Objects(ModelInsight insight)
    {
        if (insight.Lost is not { } lost) return null;
        return Html.Element("section",
            Html.Element("h2", "Objects without labels"),
            Html.Element("p", Html.Class("soft"), "LOST (Siméoni et al. 2021) on the keys of the last block: the patch that is like fewest others is taken for an object, patches like it join. Boxes are drawn on the pictures above, as the network saw them."),
            Html.Element("p", $"{Percent(lost.PositiveShare)} of the similarities are positive{(lost.IsMeaningful ? "." : "; outside of 5 to 95 % the method has nothing to go by, and the boxes mean little.")}"),
            lost.Scores.Count == 0 ? null : ReportTable.Scrolling("CorLoc", ["boxes", "CorLoc", "95 % interval", "pictures with objects"], lost.Scores.Select(score => (IReadOnlyList<string>)
                [score.Method, Percent(score.Share), $"{Percent(score.Interval.Low)} to {Percent(score.Interval.High)}", Text(score.Pictures)])));
    }

    private static string[] Row(int block, string head, HeadResult result, TokenLayout layout) =>
        [Text(block + 1), head, Percent(result.RegisterMass), Percent(result.OutlierMass), Short(result.Entropy[^1]), Percent(result.SinkMass), InspectJson.SinkName(result.SinkToken, layout)];

    private static string[] Shares(ChannelGroup? group) => group is null ? ["–", "–"] : [Percent(group.Shares[0]), Percent(group.Shares[2])];

    private static string LevelName(int level) => level == 0 ? "input" : $"block {Text(level)}";

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(double value) => ReportTable.Short(value);

    private static string Percent(double share) => ReportTable.Percent(share);
}
