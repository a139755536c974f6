namespace Fovea.Images;

/// <summary>What the samples of a PNG pixel are, by the number in its header.</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,

    /// <summary>One index into the palette: in a segmentation mask, the class.</summary>
    Palette = 3,

    GreyAlpha = 4,
    RgbAlpha = 6,
}
