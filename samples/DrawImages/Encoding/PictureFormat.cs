namespace DrawImages.Encoding;

/// <summary>How a picture is stored.</summary>
internal enum PictureFormat
{
    /// <summary>JPEG in colour.</summary>
    Jpeg,

    /// <summary>JPEG with brightness alone.</summary>
    GreyJpeg,

    /// <summary>JPEG whose pixels lie on their side, as a telephone stores them: an EXIF orientation says how to turn them upright.</summary>
    TurnedJpeg,

    /// <summary>PNG with alpha.</summary>
    Png,

    /// <summary>PNG with brightness alone.</summary>
    GreyPng,

    /// <summary>WebP, lossy.</summary>
    WebP,
}
