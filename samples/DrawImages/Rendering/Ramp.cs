namespace DrawImages.Rendering;

/// <summary>Soft steps between numbers.</summary>
internal static class Ramp
{
    /// <summary>0 up to <paramref name="from"/>, 1 from <paramref name="to"/> on, smooth between; falling when they are the other way round.</summary>
    public static double Step(double from, double to, double value)
    {
        double t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /// <summary>A bell of height 1 round <paramref name="centre"/>.</summary>
    public static double Bell(double centre, double spread, double value)
    {
        double distance = (value - centre) / spread;
        return Math.Exp(-distance * distance);
    }
}
