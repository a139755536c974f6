namespace DrawImages.Rendering;

/// <summary>A picture as a function of place. Nothing else goes into it, no clock and no state, so that it is the same at every drawing.</summary>
internal interface IScene
{
    /// <summary>The colour at a place.</summary>
    /// <param name="x">From the left edge, in heights of the picture.</param>
    /// <param name="y">From the top edge, 0 to 1.</param>
    /// <param name="aspect">Width of the picture in heights: the right edge.</param>
    Colour At(double x, double y, double aspect);
}
