using Fovea.Pages;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports;

public class ReportNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.18304, "0.183")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(1, "1")]
    [InlineData(9.999, "10")]
    [InlineData(68.96, "69")]
    [InlineData(412.4, "412")]
    [InlineData(1234.5, "1,230")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.000025, "2.5×10⁻⁵")]
    [InlineData(1e-6, "10⁻⁶")]
    [InlineData(-1e12, "−10¹²")]
    [InlineData(1.5e300, "1.5×10³⁰⁰")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Short_has_three_digits(double value, string text) => Assert.Equal(text, ReportNumber.Short(value));

    [Fact]
    public void Figures_have_their_unit_and_shares_are_in_hundredths()
    {
        Assert.Equal("38.2 %", MetricNumber.Of(KnownMetrics.KnnTop1, 0.3817));
        Assert.Equal("158 pictures/s", MetricNumber.Of(KnownMetrics.ImagesPerSecond, 157.9));
        Assert.Equal("0.18", MetricNumber.Of(KnownMetrics.Loss, 0.18));
    }

    [Theory]
    [InlineData(34, "34 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(8_040, "2 h 14 min")]
    [InlineData(273_600, "3 d 4 h")]
    public void Duration_has_its_two_largest_units(int seconds, string text) => Assert.Equal(text, ReportNumber.Duration(TimeSpan.FromSeconds(seconds)));
}
