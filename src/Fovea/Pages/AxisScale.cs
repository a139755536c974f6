using System.Globalization;

namespace Fovea.Pages;

/// <summary>Where values lie on an axis that begins and ends at round numbers.</summary>
internal sealed class AxisScale
{
    private const int FewTicks = 5;
    private const double LongRange = 100;                               // from here on a linear axis would press the small values flat

    private const double SameValue = 1e-9;                              // differences below it are rounding
    private const double Hair = 1e-6;                                   // of a tick's distance: invisible

    private readonly double _low, _high;

    private AxisScale(double low, double high, bool isLogarithmic, IReadOnlyList<Tick> ticks)
    {
        (_low, _high) = isLogarithmic ? (Math.Log10(low), Math.Log10(high)) : (low, high);
        (IsLogarithmic, Ticks) = (isLogarithmic, ticks);
    }

    /// <summary>Whether equal distances are equal factors.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Round numbers, ascending, the ends among them.</summary>
    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>A scale for values: logarithmic where they are positive and span two powers of ten, unless that is not wanted.</summary>
    /// <param name="values">What is to be shown; what is not finite is left out.</param>
    /// <param name="kind">How.</param>
    public static AxisScale For(IEnumerable<double> values, AxisKind kind)
    {
        List<double> finite = [.. values.Where(double.IsFinite)];
        double[] positive = [.. finite.Where(value => value > 0)];
        // A run may begin with a 0, such as the distance of two encoders that are still equal; it has no place on this axis and is left out.
        bool isLogarithmic = kind == AxisKind.Automatic && positive.Length > 1 && finite.Count - positive.Length <= 1 && finite.All(value => value >= 0) && positive.Max() >= LongRange * positive.Min();
        if (isLogarithmic) return Logarithmic(positive.Min(), positive.Max());
        if (finite.Count == 0) finite.Add(0);
        return Linear(kind == AxisKind.FromZero ? Math.Min(0, finite.Min()) : finite.Min(), kind == AxisKind.FromZero ? Math.Max(0, finite.Max()) : finite.Max());
    }

    /// <summary>Equal distances are equal differences; ticks at 1, 2 or 5 times a power of ten.</summary>
    public static AxisScale Linear(double least, double greatest)
    {
        double size = Math.Max(Math.Abs(least), Math.Abs(greatest));
        if (greatest - least <= SameValue * size) (least, greatest) = size == 0 ? (0, 1) : (least - size / 10, greatest + size / 10);
        double step = RoundUp((greatest - least) / FewTicks);
        // Multiples are counted in whole numbers and rounded, so that no tick is 0.30000000000000004; a value a hair beyond a tick needs no tick more.
        long first = (long)Math.Floor(least / step + Hair), last = (long)Math.Ceiling(greatest / step - Hair);
        double[] values = [.. Range(first, last).Select(number => Rounded(number * step, digits: 13))];
        double largest = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        Tick[] ticks = [.. values.Select(value => new Tick(value, ReportNumber.OnGrid(value, step, largest)))];
        return new AxisScale(ticks[0].Value, ticks[^1].Value, isLogarithmic: false, ticks);
    }

    /// <summary>Equal distances are equal factors; ticks at powers of ten, not more than needed.</summary>
    public static AxisScale Logarithmic(double least, double greatest)
    {
        int first = (int)Math.Floor(Math.Log10(least) + Hair), last = (int)Math.Ceiling(Math.Log10(greatest) - Hair);
        if (first == last) last++;
        int every = (last - first + FewTicks - 1) / FewTicks;
        last = first + (last - first + every - 1) / every * every;
        Tick[] ticks = [.. Range(0, (last - first) / every).Select(number => Math.Pow(10, first + number * every)).Select(value => new Tick(value, first < -3 || last > 5 ? ReportNumber.PowerOfTen(value) : ReportNumber.Short(value)))];
        return new AxisScale(ticks[0].Value, ticks[^1].Value, isLogarithmic: true, ticks);
    }

    /// <summary>0 at the beginning of the axis, 1 at its end; NaN for what has no place on it.</summary>
    public double Place(double value) => IsLogarithmic
        ? value > 0 ? (Math.Log10(value) - _low) / (_high - _low) : double.NaN
        : (value - _low) / (_high - _low);

    private static double RoundUp(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double digit = step / power;
        return Rounded((digit <= 1 + Hair ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power, digits: 1);
    }

    private static double Rounded(double value, int digits) =>
        double.Parse(value.ToString(string.Create(CultureInfo.InvariantCulture, $"E{digits}"), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static IEnumerable<long> Range(long first, long last)
    {
        for (long number = first; number <= last; number++) yield return number;
    }
}
