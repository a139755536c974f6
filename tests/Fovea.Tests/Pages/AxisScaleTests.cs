using Fovea.Pages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fovea.Tests.Pages;

public class AxisScaleTests
{
    [Theory]
    [InlineData(0, 60_000, "0 20,000 40,000 60,000")]
    [InlineData(0.154, 0.43, "0.1 0.2 0.3 0.4 0.5")]
    [InlineData(0.996, 1, "0.996 0.997 0.998 0.999 1.000")]
    [InlineData(0, 1e-3, "0 0.0002 0.0004 0.0006 0.0008 0.0010")]
    [InlineData(0, 9e-5, "0 2×10⁻⁵ 4×10⁻⁵ 6×10⁻⁵ 8×10⁻⁵ 10⁻⁴")]
    [InlineData(-0.3, 0.3, "−0.4 −0.2 0 0.2 0.4")]
    [InlineData(0, 0, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(20, 20, "18 19 20 21 22")]
    public void Linear_ticks_are_round(double least, double greatest, string labels) => Assert.Equal(labels, Labels(AxisScale.Linear(least, greatest)));

    [Theory]
    [InlineData(0.05, 3, "0.01 0.1 1 10")]
    [InlineData(1e-4, 1e-1, "10⁻⁴ 10⁻³ 10⁻² 10⁻¹")]
    [InlineData(1, 1e12, "10⁰ 10³ 10⁶ 10⁹ 10¹²")]
    public void Logarithmic_ticks_are_powers_of_ten(double least, double greatest, string labels) => Assert.Equal(labels, Labels(AxisScale.Logarithmic(least, greatest)));

    [Fact]
    public void Axis_is_logarithmic_where_positive_values_span_two_powers_of_ten()
    {
        Assert.True(AxisScale.For([0.05, 0.1, 6], AxisKind.Automatic).IsLogarithmic);
        Assert.True(AxisScale.For([0, 1e-4, 1e-1], AxisKind.Automatic).IsLogarithmic);        // a run begins with equal encoders
        Assert.False(AxisScale.For([0.15, 0.48], AxisKind.Automatic).IsLogarithmic);
        Assert.False(AxisScale.For([-1, 0.01, 100], AxisKind.Automatic).IsLogarithmic);
        Assert.False(AxisScale.For([1e-6, 1e-3], AxisKind.Linear).IsLogarithmic);
    }

    [Fact]
    public void Shares_are_seen_from_zero() => Assert.Equal(0, AxisScale.For([0.28, 0.53], AxisKind.FromZero).Ticks[0].Value);

    [Fact]
    public void What_has_no_place_on_a_logarithmic_axis_is_no_number() => Assert.Equal(double.NaN, AxisScale.Logarithmic(0.1, 10).Place(0));

    [Fact]
    public void Values_that_are_no_numbers_leave_an_axis() => Assert.NotEmpty(AxisScale.For([double.NaN, double.PositiveInfinity], AxisKind.Automatic).Ticks);

    [Fact]
    public void Large_numbers_that_differ_in_the_fourth_digit_have_labels_of_their_own()
    {
        string[] labels = [.. AxisScale.Linear(-657e9, -656e9).Ticks.Select(tick => tick.Label)];
        Assert.Equal(labels.Distinct(), labels);
        Assert.Equal("−6.57×10¹¹", labels[0]);
    }

    [Property(Arbitrary = [typeof(Ranges)])]
    public void Every_range_lies_on_few_ascending_ticks_that_can_be_told_apart(Range range)
    {
        AxisScale scale = AxisScale.Linear(range.Least, range.Greatest);
        Assert.InRange(scale.Ticks.Count, 3, 8);
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(tick => tick.Label).Distinct().Count());
        Assert.InRange(scale.Place(range.Least), -1e-5, 1);
        Assert.InRange(scale.Place(range.Greatest), 0, 1 + 1e-5);
        Assert.All(scale.Ticks.Zip(scale.Ticks.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
    }

    private static string Labels(AxisScale scale) => string.Join(' ', scale.Ticks.Select(tick => tick.Label));

    public sealed record Range(double Least, double Greatest);

    /// <summary>Ranges of every size that training has, up to a thousand times smaller than the values in them.</summary>
    private static class Ranges
    {
        public static Arbitrary<Range> Range() => (
            from exponent in Gen.Choose(-12, 12)
            from place in Gen.Choose(-1000, 1000)
            from length in Gen.Choose(1, 3000)
            select new Range(place * Math.Pow(10, exponent), (place + length) * Math.Pow(10, exponent))).ToArbitrary();
    }
}
