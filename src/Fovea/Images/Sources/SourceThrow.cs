namespace Fovea.Images;

/// <summary>Why a path names no pictures, or why one of its pictures cannot be read.</summary>
internal static class SourceThrow
{
    public static ImageException Missing(string path) => new(path.Contains('\uFFFD', StringComparison.Ordinal)
        ? $"{path}: has a name that is not UTF-8; rename it."
        : $"{path}: there is no such file or folder; check the path.");

    public static ImageException NotAFolder(string path) => new($"{path}: is a file, not a folder.");

    public static ImageException NotAFile(string path) => new($"{path}: is a folder, not a file.");

    public static ImageException Empty(string name) => new($"{name}: is empty or no regular file; copy it again.");

    public static ImageException TooLarge(string name, long? bytes = null) =>
        new($"{name}: has {(bytes is null ? "too many" : $"{bytes:N0}")} bytes, and a picture may have {EncodedImage.LargestBytes:N0}; scale it down.");

    public static ImageException Unreadable(string name, Exception cause) => new(cause is FileNotFoundException or DirectoryNotFoundException
        ? $"{name}: there is no such file any more, or it is a link that leads nowhere; check the path."
        : $"{name}: cannot be read ({cause.Message.TrimEnd('.')}).", cause);

    public static ImageException NoPicture(string folder, string? hint) =>
        new($"{folder}: holds no picture ({string.Join(' ', NameRules.PictureExtensions)}){(hint is null ? "" : $"; {hint}")}.");

    public static ImageException NoMatch(string pattern) =>
        new($"{pattern}: matches no file; `*`, `?` and `[a-z]` stay within one name, `**` is any depth of folders, and capitals differ from small letters.");

    public static ImageException BadInfo(string path, string what) => new($"{path}: {what}; it is no `_info.json` of WebDataset archives.");

    public static ImageException NoSplit(string path, string split, IEnumerable<string> splits) =>
        new($"{path}: has no split '{split}'; it has {string.Join(", ", splits)}.");

    public static ImageException SplitOfNothing(string path, string split) =>
        new($"{path}: has no splits, so '#{split}' says nothing; name an `_info.json`, or leave it out.");

    public static ImageException MissingArchive(string path, string archive) => new($"{path}: names the archive '{archive}', which is not there; copy it beside, or leave its split out.");

    public static ImageException WebArchive(string path, string archive) => new($"{path}: names '{archive}' on the web; download it and name it by its path.");

    public static ImageException BadArchive(string archive, string what) => new($"{archive}: {what}; the archive is damaged or was cut off: copy or pack it again.");

    public static ImageException NoArchive(string archive) => new($"{archive}: is no tar archive, plain or gzip-compressed; unpack it and name the folder.");

    public static ImageException SparseMember(string name) => new($"{name}: is stored with holes; pack the archive without --sparse.");

    public static ImageException BadLabel(string name, string label) => new($"{name}: has the label '{label}', which is no whole number.");

    public static ImageException LabelOnly(string name) => new($"{name}: has a label but no picture ({string.Join(' ', MemberName.PictureFields)}).");

    public static ImageException LongName(int limit) => new($"A name of more than {limit:N0} characters; write one path a line.");

    /// <summary>What opening and reading can throw, wherever the bytes come from; a path can be unfit as well (a zero character in it).</summary>
    public static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or ArgumentException or ObjectDisposedException;
}
