namespace Fovea;

/// <summary>Whether patch tokens of unusual norm are there, by their share.</summary>
public enum OutlierVerdict
{
    /// <summary>Below 0.1 % of the patches.</summary>
    None,

    /// <summary>0.1 to 0.5 %.</summary>
    Few,

    /// <summary>Above 0.5 %.</summary>
    Present,
}
