using System.Xml.Linq;
using Fovea.Pages;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>A chart as an inline picture: lines over steps, round ticks, and marks where a warning began. Colours and type are the page's, so that it is right in light and dark.</summary>
internal sealed class Chart
{
    private const double Width = 360, Height = 190, Left = 46, Right = 12, Top = 10, Bottom = 24;
    private const int MostLines = 4;                                    // as many colours as the style has

    private readonly ChartPlan _plan;
    private readonly AxisScale _steps, _values;
    private readonly IReadOnlyList<HealthWarning> _warnings;

    private Chart(ChartPlan plan, IReadOnlyList<ChartLine> lines, long lastStep, IReadOnlyList<HealthWarning> warnings)
    {
        (_plan, Lines) = (plan, lines);
        IEnumerable<double> values = lines.SelectMany(line => line.Points).Select(point => point.Value);
        if (Unit == "%") values = values.Select(value => 100 * value);
        (_steps, _values) = (AxisScale.Linear(0, Math.Max(1, lastStep)), AxisScale.For(values, plan.Axis));
        HashSet<string> watched = [.. HealthRules.All.Where(rule => plan.Metrics.Contains(rule.Watched)).Select(rule => rule.Name)];
        _warnings = [.. warnings.Where(warning => watched.Contains(warning.Rule))];
    }

    /// <summary>What it shows.</summary>
    public IReadOnlyList<ChartLine> Lines { get; }

    private string Unit => _plan.Metrics[0].Unit;

    /// <summary>The chart of a plan; null where the run has none of its figures.</summary>
    public static Chart? Of(ChartPlan plan, MetricsHistory history, IReadOnlyList<HealthWarning> warnings)
    {
        ChartLine[] lines = [.. plan.Metrics.Where(metric => history[metric].Count > 0).Take(MostLines).Select(metric => new ChartLine(metric, history[metric]))];
        return lines.Length == 0 ? null : new Chart(plan, lines, history.LastStep, warnings);
    }

    /// <summary>The chart with its heading and what its lines mean.</summary>
    public XElement ToHtml() => Html.Element("figure", Html.Class("chart"),
        Html.Element("figcaption", Html.Element("h4", _plan.Title, Html.Element("span", Html.Class("unit"), Units()))),
        Picture(),
        Html.Element("ul", Html.Class("legend"), Lines.Select(Legend)),
        Lines.Select(line => line.Metric.Meaning).Where(meaning => meaning.Length > 0).Select(meaning => Html.Element("p", Html.Class("meaning"), meaning)));

    private string Units()
    {
        string unit = Unit.Length == 0 ? "" : $" in {Unit}";
        return _values.IsLogarithmic ? $"{unit} (log scale)" : unit;
    }

    private XElement Legend(ChartLine line, int number) => Html.Element("li",
        Html.Element("span", Html.Class($"key c{number}"), ""),
        Lines.Count > 1 ? Html.Element("span", line.Metric.Title) : null,
        Html.Element("b", double.IsNaN(line.Last) ? "no number" : MetricNumber.Bare(line.Metric, line.Last)),
        _plan.ShowsUntrained && line.Untrained is { } untrained ? Html.Element("span", Html.Class("aside"), $"untrained {MetricNumber.Bare(line.Metric, untrained)}") : null);

    private XElement Picture() => Svg.Picture(
        (Width, Height), Spoken(), _values.Ticks.SelectMany(Row), _steps.Ticks.Select(Column), _warnings.Select(Mark), Lines.SelectMany(Untrained), Lines.SelectMany(Curve));

    private string Spoken() => string.Join("; ", Lines.Select(line =>
        $"{line.Metric.Title}: {MetricNumber.Of(line.Metric, line.Points[0].Value)} at step {ReportNumber.Count(line.Points[0].Step)}, {MetricNumber.Of(line.Metric, line.Points[^1].Value)} at step {ReportNumber.Count(line.Points[^1].Step)}"));

    private IEnumerable<XElement> Row(Tick tick)
    {
        double y = YOnAxis(tick.Value);
        yield return Svg.Path("grid", $"M{Left} {Svg.Number(y)}H{Width - Right}");
        yield return Svg.Text("tick end", Left - 6, y + 3.5, tick.Label);
    }

    private XElement Column(Tick tick, int number) => number == _steps.Ticks.Count - 1
        ? Svg.Text("tick end", Width - Right, Height - 6, $"{tick.Label} steps")
        : Svg.Text(number == 0 ? "tick" : "tick middle", X(tick.Value), Height - 6, tick.Label);

    private XElement Mark(HealthWarning warning) =>
        Svg.Path("mark", $"M{Svg.Number(X(warning.Step))} {Top}V{Height - Bottom}", Svg.Title($"{warning.Rule}, step {ReportNumber.Count(warning.Step)}"));

    private IEnumerable<XElement> Untrained(ChartLine line, int number)
    {
        if (_plan.ShowsUntrained && line.Untrained is { } untrained) yield return Svg.Path($"untrained c{number}", $"M{Left} {Svg.Number(Y(untrained))}H{Width - Right}");
    }

    private IEnumerable<XElement> Curve(ChartLine line, int number)
    {
        CurvePath path = CurvePath.Of(line.Points, X, Y);
        if (path.Band.Length > 0) yield return Svg.Path($"band c{number}", path.Band);
        if (path.Line.Length > 0) yield return Svg.Path($"line c{number}", path.Line);
        foreach ((double x, double y) in path.Dots) yield return Svg.Dot($"dot c{number}", x, y, 2.2);
    }

    private double X(double step) => Left + _steps.Place(step) * (Width - Left - Right);

    // Shares are logged as parts of 1 and shown in hundredths.
    private double Y(double value) => YOnAxis(Unit == "%" ? 100 * value : value);

    private double YOnAxis(double value) => Height - Bottom - _values.Place(value) * (Height - Top - Bottom);
}
