namespace Fovea.Images;

/// <summary>Which part of a resized axis is computed: all of it, or what a crop keeps. What is cropped away costs nothing.</summary>
/// <param name="Outputs">Length of the whole resized axis.</param>
/// <param name="First">The first position that is kept.</param>
/// <param name="Count">How many are kept.</param>
internal readonly record struct OutputRange(int Outputs, int First, int Count)
{
    public static OutputRange All(int outputs) => new(outputs, 0, outputs);

    /// <summary>The middle <paramref name="crop"/> positions, or all when there are fewer. Halves are rounded to even, as the reference's Python does.</summary>
    public static OutputRange Center(int outputs, int crop) =>
        crop >= outputs ? All(outputs) : new(outputs, (int)Math.Round((outputs - crop) / 2.0, MidpointRounding.ToEven), crop);
}
