namespace Fovea.Images;

/// <summary>How samples are weighted: the five filters of Pillow's resize and the two of libtorch's resize of 8-bit tensors.</summary>
/// <remarks>Each is widened by the scale when it makes smaller, so none aliases. Formulas: <see cref="ResampleFilters"/>.</remarks>
internal enum ResampleFilter
{
    /// <summary>The samples within half a pixel, evenly.</summary>
    Box,

    /// <summary>A triangle of two samples.</summary>
    Bilinear,

    /// <summary>A raised cosine of two samples.</summary>
    Hamming,

    /// <summary>Keys' cubic with a = -0.5, four samples. What classification and embeddings use.</summary>
    Bicubic,

    /// <summary>A windowed sinc of six samples.</summary>
    Lanczos,

    /// <summary>The triangle with libtorch's 16-bit weights.</summary>
    TensorBilinear,

    /// <summary>The cubic with libtorch's 16-bit weights. What detection uses.</summary>
    TensorBicubic,
}
