namespace Fovea.Images;

/// <summary>Why a picture is refused, one sentence each; it begins with the picture's name.</summary>
internal static class ImageThrow
{
    public static ImageException Empty(string name) => new($"{name}: is empty; copy or download it again.");

    /// <param name="name">What messages call the picture.</param>
    /// <param name="start">Its first bytes, which may tell a format that is not read; nothing where the format is known.</param>
    public static ImageException NotAPicture(string name, ReadOnlySpan<byte> start = default) => new(UnreadFormats.Describe(start) is { } format
        ? $"{name}: is {format}, which is not read; convert it to PNG or JPEG."
        : $"{name}: is no picture that can be read; JPEG, PNG, WebP, GIF, BMP and ICO can.");

    public static ImageException TooLarge(string name, ImageSize size, long limit) =>
        new($"{name}: has {size.Height} rows of {size.Width} pixels, more than the {limit} pixels that are allowed; make it smaller.");

    public static ImageException TooLong(string name, ImageSize size, int limit) =>
        new($"{name}: has {size.Height} rows of {size.Width} pixels, where a side may have {limit} pixels; cut it into pieces.");

    public static ImageException CutOff(string name) => new($"{name}: ends before its last pixel; copy or download it again.");

    public static ImageException Damaged(string name, string what, Exception? cause = null) => new($"{name}: {what}; copy or download it again.", cause!);
}
