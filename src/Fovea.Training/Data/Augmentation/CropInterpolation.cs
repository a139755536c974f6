namespace Fovea.Training.Data;

/// <summary>How a crop is resized; always with antialiasing, in the arithmetic that libtorch has for 8-bit pictures.</summary>
internal enum CropInterpolation
{
    /// <summary>Bilinear or bicubic, one of the two for each picture by the toss of a coin.</summary>
    Either,

    /// <summary>Bilinear.</summary>
    Bilinear,

    /// <summary>Bicubic, a = -0.5.</summary>
    Bicubic,
}
