using System.Globalization;

namespace Fovea.Training.Optimization;

/// <summary>Where schedules refuse what cannot be.</summary>
internal static class ScheduleRules
{
    /// <summary>Throws the sentence unless the condition holds.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise.ToString(CultureInfo.InvariantCulture));
    }
}
