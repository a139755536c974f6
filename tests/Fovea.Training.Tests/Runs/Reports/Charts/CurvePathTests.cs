using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports.Charts;

public class CurvePathTests
{
    [Fact]
    public void Few_points_are_drawn_as_they_are()
    {
        CurvePath path = Path([(0, 1), (10, 2), (20, 3)]);
        Assert.Equal("M0 1L10 2L20 3", path.Line);
        Assert.Empty(path.Band);
        Assert.Equal([(0, 1), (10, 2), (20, 3)], path.Dots);
    }

    [Fact]
    public void What_is_no_number_leaves_a_gap_and_lone_points_are_dots()
    {
        CurvePath path = Path([(0, 1), (1, 2), (2, double.NaN), (3, 4), (4, double.NaN), .. Enumerable.Range(5, 100).Select(step => ((long)step, 5.0))]);
        Assert.StartsWith("M0 1L1 2M3 4M5 5L6 5", path.Line, StringComparison.Ordinal);
        Assert.Equal([(3, 4)], path.Dots);
    }

    [Fact]
    public void Many_points_become_short_and_lose_no_spike()
    {
        CurvePath path = Path([.. Enumerable.Range(0, 100_000).Select(step => ((long)step, step == 77_777 ? 1000.0 : step % 2))]);
        Assert.Contains(" 1000L", path.Band, StringComparison.Ordinal);
        Assert.InRange(path.Line.Length + path.Band.Length, 1000, 12_000);
    }

    [Fact]
    public void Line_of_many_points_is_their_mean()
    {
        CurvePath path = Path([.. Enumerable.Range(0, 1000).Select(step => ((long)step, step % 2 == 0 ? 0.0 : 10))]);
        Assert.All(path.Line[1..].Split('L'), place => Assert.InRange(double.Parse(place.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), 4, 6));
    }

    [Fact]
    public void Nothing_but_what_is_no_number_draws_nothing()
    {
        CurvePath path = Path([.. Enumerable.Range(0, 1000).Select(step => ((long)step, double.NaN))]);
        Assert.Empty(path.Line + path.Band);
    }

    private static CurvePath Path(params (long Step, double Value)[] points) => CurvePath.Of([.. points.Select(point => new MetricPoint(point.Step, point.Value))], step => step, value => value);
}
