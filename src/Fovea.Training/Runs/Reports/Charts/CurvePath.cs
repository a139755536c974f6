using System.Globalization;
using System.Text;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Reports;

/// <summary>
/// A curve as SVG paths. A few hundred points are drawn as they are; more are gathered in strips, whose means make the line and whose least and greatest values the band around it, so that
/// no spike disappears and the file stays small.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Band">From the least to the greatest value of each strip; empty where points are drawn as they are.</param>
/// <param name="Dots">The places of points that stand alone or are few.</param>
internal sealed record CurvePath(string Line, string Band, IReadOnlyList<(double X, double Y)> Dots)
{
    private const int MostPoints = 300, Strips = 150, FewPoints = 20;

    /// <summary>Draws points.</summary>
    /// <param name="points">In the order of their steps.</param>
    /// <param name="x">Where a step lies.</param>
    /// <param name="y">Where a value lies; NaN for one that cannot be shown, which leaves a gap.</param>
    public static CurvePath Of(IReadOnlyList<MetricPoint> points, Func<double, double> x, Func<double, double> y)
    {
        if (points.Count > MostPoints) return OfStrips(points, x, y);
        List<List<(double X, double Y)>> pieces = Pieces(points.Select(point => (x(point.Step), y(point.Value))));
        return new CurvePath(
            string.Concat(pieces.Select(Path)), "", [.. pieces.Where(piece => piece.Count == 1 || points.Count <= FewPoints).SelectMany(piece => piece)]);
    }

    private static CurvePath OfStrips(IReadOnlyList<MetricPoint> points, Func<double, double> x, Func<double, double> y)
    {
        double first = points[0].Step, width = Math.Max(1, (points[^1].Step - first) / Strips);
        List<Strip> strips = [.. points
            .Where(point => double.IsFinite(y(point.Value)))
            .GroupBy(point => (int)Math.Min(Strips - 1, (point.Step - first) / width))
            .Select(group => new Strip(x(group.Average(point => (double)point.Step)), y(group.Average(point => point.Value)), y(group.Min(point => point.Value)), y(group.Max(point => point.Value))))];
        IEnumerable<(double, double)> outline = strips.Select(strip => (strip.X, strip.Greatest)).Concat(strips.AsEnumerable().Reverse().Select(strip => (strip.X, strip.Least)));
        return new CurvePath(Path([.. strips.Select(strip => (strip.X, strip.Mean))]), strips.Count > 1 ? Path([.. outline]) + "Z" : "", []);
    }

    private static List<List<(double X, double Y)>> Pieces(IEnumerable<(double X, double Y)> places)
    {
        List<List<(double, double)>> pieces = [];
        bool isOpen = false;
        foreach ((double x, double y) in places)
        {
            if (double.IsNaN(y))
            {
                isOpen = false;
                continue;
            }
            if (!isOpen) pieces.Add([]);
            pieces[^1].Add((x, y));
            isOpen = true;
        }
        return pieces;
    }

    private static string Path(List<(double X, double Y)> places)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in places) path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        return path.ToString();
    }

    private readonly record struct Strip(double X, double Mean, double Least, double Greatest);
}
