using Fovea.Cli.Outputs.Inspect;

namespace Fovea.Cli.Tests.Inspect;

/// <summary>The colour map can be read without colour, and with any common kind of colour blindness.</summary>
public class ColourScaleTests
{
    [Fact]
    public void Lightness_rises_in_even_steps()
    {
        double[] lightness = [.. Enumerable.Range(0, ColourScale.Steps).Select(step => Lightness(Linear(step)))];
        double[] steps = [.. lightness.Zip(lightness.Skip(8), (one, next) => next - one)];
        double mean = steps.Average();
        Assert.True(steps.All(step => step > 0), "lightness must never fall");
        // Eight steps of 256 are a thirtieth of the scale; bytes round by half a step, the ends are cut where screens end.
        Assert.All(steps, step => Assert.InRange(step / mean, 0.5, 1.6));
        Assert.True(lightness[^1] - lightness[0] > 70, $"{lightness[0]} to {lightness[^1]}");
    }

    /// <summary>Red and green blindness as Viénot, Brettel and Mollon 1999 model them: two cones out of three are left.</summary>
    [Theory]
    [InlineData("protan")]
    [InlineData("deutan")]
    public void Colours_stay_apart_without_one_kind_of_cone(string kind)
    {
        double[] lightness = [.. Enumerable.Range(0, ColourScale.Steps).Select(step => Lightness(Without(kind, Linear(step))))];
        double[] steps = [.. lightness.Zip(lightness.Skip(8), (one, next) => next - one)];
        Assert.True(steps.All(step => step > 0.8), $"least step {steps.Min()}");
    }

    [Fact]
    public void Ends_are_taken_for_what_lies_beyond()
    {
        Assert.Equal(ColourScale.Of(0), ColourScale.Of(-3));
        Assert.Equal(ColourScale.Of(1), ColourScale.Of(double.PositiveInfinity));
        Assert.Equal(ColourScale.Of(0), ColourScale.Of(double.NaN));
    }

    private static double[] Linear(int step)
    {
        return [.. ColourScale.Colours.Slice(3 * step, 3).ToArray().Select(value => Decode(value / 255.0))];

        static double Decode(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    // CIE L*.
    private static double Lightness(double[] linear)
    {
        double luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
        return luminance > 0.008856 ? 116 * Math.Cbrt(luminance) - 16 : 903.3 * luminance;
    }

    private static double[] Without(string kind, double[] linear)
    {
        double l = 17.8824 * linear[0] + 43.5161 * linear[1] + 4.11935 * linear[2];
        double m = 3.45565 * linear[0] + 27.1554 * linear[1] + 3.86714 * linear[2];
        double s = 0.0299566 * linear[0] + 0.184309 * linear[1] + 1.46709 * linear[2];
        if (kind == "protan") l = 2.02344 * m - 2.52581 * s;
        else m = 0.494207 * l + 1.24827 * s;
        return
        [
            Math.Clamp(0.0809444479 * l - 0.130504409 * m + 0.116721066 * s, 0, 1),
            Math.Clamp(-0.0102485335 * l + 0.0540193266 * m - 0.113614708 * s, 0, 1),
            Math.Clamp(-0.000365296938 * l - 0.00412161469 * m + 0.693511405 * s, 0, 1),
        ];
    }
}
