using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Fovea.Images;

/// <summary>What a file's name says about it; folders and archives follow the same rules.</summary>
internal static class NameRules
{
    /// <summary>
    /// Extensions of pictures. The second row is there although not all of it can be decoded: such a picture is refused by its name
    /// and counted, where it would otherwise be missed without a word.
    /// </summary>
    public static readonly ImmutableArray<string> PictureExtensions =
    [
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".ico",
        ".tif", ".tiff", ".ppm", ".pgm", ".heic", ".heif", ".avif",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pictures =
        PictureExtensions.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a file is a picture by its extension, in either case.</summary>
    public static bool IsPicture(ReadOnlySpan<char> fileName) => Pictures.Contains(Path.GetExtension(fileName));

    /// <summary>Whether a file is a tar archive by its extension.</summary>
    public static bool IsArchive(ReadOnlySpan<char> fileName) => EndsWith(fileName, ".tar") || EndsWith(fileName, ".tgz") || EndsWith(fileName, ".tar.gz");

    /// <summary>Whether a file says by its extension that it lists archives.</summary>
    public static bool IsInfo(ReadOnlySpan<char> fileName) => EndsWith(fileName, ".json");

    /// <summary>Whether a file or folder is passed over unless its dot is asked for: `.thumbnails`, `._photo.jpg`.</summary>
    public static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith('.');

    private static bool EndsWith(ReadOnlySpan<char> name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
