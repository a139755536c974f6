using System.Xml.Linq;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>One line of a chart over the levels of a network.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Colour">0 to 3.</param>
/// <param name="Values">One per level; NaN is a gap.</param>
internal sealed record LevelLine(string Name, int Colour, double[] Values);

/// <summary>Lines over the levels of a network, as an inline picture in the page's colours.</summary>
internal sealed class LevelChart
{
    private const double Width = 360, Height = 200, Left = 50, Right = 12, Top = 10, Bottom = 26;

    private readonly AxisScale _values;
    private readonly int _first, _count;

    private LevelChart(AxisScale values, int first, int count) => (_values, _first, _count) = (values, first, count);

    /// <summary>A chart with its heading and the names of its lines.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="first">The first level's number.</param>
    /// <param name="lines">At least one.</param>
    /// <param name="band">Low and high values of a pale band; null: none.</param>
    /// <param name="dashed">A value that is drawn across; null: none.</param>
    public static XElement Of(string title, int first, IReadOnlyList<LevelLine> lines, (double[] Low, double[] High)? band = null, (string Name, double Value)? dashed = null)
    {
        IEnumerable<double> all = lines.SelectMany(line => line.Values).Concat(band is { } pair ? pair.Low.Concat(pair.High) : []);
        if (dashed is { } across) all = all.Append(across.Value);
        LevelChart chart = new(AxisScale.For(all, AxisKind.Automatic), first, lines[0].Values.Length);
        return Html.Element("figure", Html.Class("chart"),
            Html.Element("figcaption", Html.Element("p", Html.Class("title"), title, chart._values.IsLogarithmic ? Html.Element("span", Html.Class("unit"), " (log scale)") : null)),
            chart.Picture(title, lines, band, dashed),
            Html.Element("ul", Html.Class("legend"), lines.GroupBy(line => line.Name).Select(group => Key(group.Key, $"key c{group.First().Colour}")), dashed is { } named ? Key(named.Name, "key dashed") : null));
    }

    private static XElement Key(string name, string classes) => Html.Element("li", Html.Element("span", Html.Class(classes), ""), Html.Element("span", name));

    private XElement Picture(string title, IReadOnlyList<LevelLine> lines, (double[] Low, double[] High)? band, (string Name, double Value)? dashed)
    {
        string spoken = $"{title}: " + string.Join("; ", lines.Where(line => line.Values.Any(double.IsFinite)).Select(line => $"{line.Name} from {ReportNumber.Short(line.Values[0])} to {ReportNumber.Short(line.Values[^1])}"));
        return Svg.Picture(
            (Width, Height), spoken,
            _values.Ticks.SelectMany(Row),
            Enumerable.Range(0, _count).Where(level => _count <= 14 || level % Math.Max(1, _count / 8) == 0).Select(level => Svg.Text("tick middle", X(level), Height - 8, (level + _first).ToString(System.Globalization.CultureInfo.InvariantCulture))),
            band is { } pair ? Svg.Path("band c0", Band(pair.Low, pair.High)) : null,
            dashed is { } across ? Svg.Path("cut", $"M{Left} {Svg.Number(Y(across.Value))}H{Width - Right}") : null,
            lines.Select(line => Svg.Path($"line c{line.Colour}", Path(line.Values))));
    }

    private IEnumerable<XElement> Row(Tick tick)
    {
        yield return Svg.Path("grid", $"M{Left} {Svg.Number(Y(tick.Value))}H{Width - Right}");
        yield return Svg.Text("tick end", Left - 6, Y(tick.Value) + 3.5, tick.Label);
    }

    private string Path(double[] values)
    {
        System.Text.StringBuilder path = new();
        bool isOpen = false;
        foreach ((int level, double value) in values.Index())
        {
            double y = Y(value);
            if (!double.IsFinite(y))
            {
                isOpen = false;
                continue;
            }
            path.Append(isOpen ? 'L' : 'M').Append(Svg.Number(X(level))).Append(' ').Append(Svg.Number(y));
            isOpen = true;
        }
        if (values.Length == 1) path.Append("h1");
        return path.ToString();
    }

    private string Band(double[] low, double[] high) =>
        $"M{string.Join('L', high.Select((value, level) => $"{Svg.Number(X(level))} {Svg.Number(Y(value))}"))}L{string.Join('L', low.Select((value, level) => $"{Svg.Number(X(level))} {Svg.Number(Y(value))}").Reverse())}Z";

    private double X(int level) => Left + (_count == 1 ? 0.5 : (double)level / (_count - 1)) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - _values.Place(value) * (Height - Top - Bottom);
}
