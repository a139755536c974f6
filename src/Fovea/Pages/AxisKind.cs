namespace Fovea.Pages;

/// <summary>How the vertical axis of a chart is chosen.</summary>
internal enum AxisKind
{
    /// <summary>Logarithmic where the values span two powers of ten, else linear around them.</summary>
    Automatic,

    /// <summary>Linear around the values.</summary>
    Linear,

    /// <summary>Linear, with 0 in sight: for shares, counts and rates, whose sizes are compared.</summary>
    FromZero,
}
