using System.Globalization;

namespace Fovea.Pages;

/// <summary>Numbers as people read them: three digits, powers of ten set as such, commas between thousands. Culture plays no part.</summary>
internal static class ReportNumber
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Three digits: `0.183`, `1,230`, `2.5×10⁻⁵`; `not a number` for NaN.</summary>
    public static string Short(double value)
    {
        if (double.IsNaN(value)) return "not a number";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        double rounded = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = Exponent(rounded);
        if (exponent is < -3 or > 5) return Power(rounded, exponent);
        return Signed(rounded.ToString(exponent >= 2 ? "N0" : $"N{2 - exponent}", CultureInfo.InvariantCulture), trims: exponent < 2);
    }

    /// <summary>All digits, commas between thousands.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 1 in hundredths: `38.2 %`.</summary>
    public static string Percent(double share, int decimals = 1) =>
        double.IsFinite(share) ? Signed((100 * share).ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture), trims: false) + " %" : Short(share);

    /// <summary>The two largest units: `3 d 4 h`, `2 h 14 min`, `34 s`.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalDays} d {duration.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours} h {duration.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F0} s"),
    };

    /// <summary>A number that lies on a grid of round numbers: as many decimals as the grid needs, powers of ten where the whole grid is small or large.</summary>
    /// <param name="value">A multiple of the step.</param>
    /// <param name="step">1, 2 or 5 times a power of ten.</param>
    /// <param name="largest">The largest number of the grid.</param>
    public static string OnGrid(double value, double step, double largest)
    {
        if (value == 0) return "0";
        int decimals = Math.Max(0, -Exponent(step));
        return largest is < 1e-3 or >= 1e6 ? Power(value, Exponent(value), Math.Max(2, Exponent(value) - Exponent(step))) : Signed(value.ToString($"N{decimals}", CultureInfo.InvariantCulture), trims: false);
    }

    /// <summary>With a power of ten, however large: `10⁻³`, `2×10⁴`.</summary>
    public static string PowerOfTen(double value) => Power(value, Exponent(value));

    /// <summary>The power of ten of the first digit.</summary>
    public static int Exponent(double value) => int.Parse(value.ToString("E15", CultureInfo.InvariantCulture).Split('E')[1], CultureInfo.InvariantCulture);

    private static string Power(double value, int exponent, int decimals = 2)
    {
        string digits = Signed((value / Math.Pow(10, exponent)).ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture), trims: true);
        string power = $"10{(exponent < 0 ? "⁻" : "")}{string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']))}";
        return digits switch
        {
            "1" => power,
            "−1" => $"−{power}",
            _ => $"{digits}×{power}",
        };
    }

    private static string Signed(string digits, bool trims)
    {
        if (trims && digits.Contains('.', StringComparison.Ordinal)) digits = digits.TrimEnd('0').TrimEnd('.');
        return digits.Replace('-', '−');
    }
}
