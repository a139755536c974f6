using System.Net;

namespace Fovea.Hub;

/// <summary>Why a published model cannot be had, one sentence each.</summary>
internal static class HubThrow
{
    private const double Mebibyte = 1 << 20;

    public static HubException UnknownName(string name, IReadOnlyList<string> nearest) =>
        new($"'{name}' is no published model; the nearest names are {Listed(nearest)}.");

    /// <param name="reference">What the caller gave.</param>
    /// <param name="nearest">Published names that it may mean.</param>
    public static HubException NoModel(string reference, IReadOnlyList<string> nearest) =>
        new($"'{reference}' is neither a file nor a run folder nor a published model; give a .pt, .safetensors or .onnx file, a run folder, or a name such as {Listed(nearest)}.");

    public static HubException NotPublished(string reference, IReadOnlyList<string> nearest) =>
        new($"{reference}: only published models can be checked, and a file is known by its name; the nearest names are {Listed(nearest)}.");

    public static HubException OtherFormat(PublishedModel model, string format) =>
        new($"{model.Name} is not published as '{format}'; it is as {string.Join(", ", model.Files.Select(file => file.Format))}.");

    public static HubException NoHome() => new($"there is no home folder to keep downloads in; set {FoveaHome.Variable} to a folder.");

    public static HubException BadMirror(string mirror) =>
        new($"{HubSettings.MirrorVariable} is '{mirror}', which is no address of a mirror; write http(s)://host or http(s)://host/path.");

    public static HubException Offline(PublishedFile file, string path) =>
        new($"{file.Name} is not here and {HubSettings.OfflineVariable} forbids to download it; put the file with SHA-256 {file.Sha256} at {path}.");

    public static HubException OtherContent(PublishedFile file, string path, string found) =>
        new($"{path}: is not the published {file.Name} (SHA-256 {found} instead of {file.Sha256}); move it away or ask for it to be overwritten.")
        { NeedsOverwriting = true };

    public static HubException WrongHash(PublishedFile file, Uri address, string found) =>
        new($"{address}: sent other bytes than the published {file.Name} (SHA-256 {found} instead of {file.Sha256}); they were deleted: try again, or another mirror.");

    public static HubException WrongLength(PublishedFile file, Uri address, long length) =>
        new($"{address}: offers {length:N0} bytes where {file.Name} has {file.Mebibytes} MiB; a proxy or a login page may answer in its place.");

    public static HubException TooLong(PublishedFile file, Uri address) =>
        new($"{address}: sends more than the {file.Mebibytes} MiB of {file.Name}; what came was deleted: try another mirror.");

    public static HubException Refused(Uri address, HttpStatusCode status) => new(status is HttpStatusCode.NotFound or HttpStatusCode.Gone
        ? $"{address}: there is no such file ({(int)status}); a mirror has files under the path of their published address."
        : $"{address}: the server refuses with status {(int)status}; look whether the address opens in a browser.");

    public static HubException InsecureRedirect(Uri address, Uri target) =>
        new($"{address}: sends on to {target}, which is not encrypted, and is not followed; try another network or mirror.");

    public static HubException RedirectLoop(Uri address) => new($"{address}: sends on to other addresses without end; try another mirror.");

    public static HubException NotTrusted(Uri address, Exception cause) =>
        new($"{address}: the server's certificate is not trusted ({cause.InnerException?.Message ?? cause.Message}); look at the clock, the proxy and the certificates of this machine.", cause);

    /// <param name="address">What was asked for.</param>
    /// <param name="tries">Tries in a row that brought nothing new.</param>
    /// <param name="arrived">Bytes that are kept.</param>
    /// <param name="cause">What ended the last one.</param>
    public static HubException GaveUp(Uri address, int tries, long arrived, BrokenTransferException cause) =>
        new($"{address}: {cause.Message}, {tries} times in a row; try again later, or name a model file{(arrived > 0 ? $": {arrived / Mebibyte:F1} MiB that have arrived are kept" : "")}.", cause);

    public static HubException CannotWrite(string path, Exception cause) => new(IsDiskFull(cause)
        ? $"{path}: the disk is full; make room, or set {FoveaHome.Variable} to a folder on another disk."
        : $"{path}: cannot be written ({cause.Message.TrimEnd('.')}); set {FoveaHome.Variable} to a folder that can.", cause);

    // ENOSPC and EDQUOT of Linux, EDQUOT of macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static bool IsDiskFull(Exception cause) => cause.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names);
}
