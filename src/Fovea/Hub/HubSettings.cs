namespace Fovea.Hub;

/// <summary>Where downloads are kept and where they come from (docs/models.md).</summary>
/// <param name="Folder">Holds one file per model and format.</param>
/// <param name="IsOffline">Whether the network is never asked.</param>
/// <param name="Mirror">What stands in place of scheme and host of every address; null: nothing does.</param>
internal sealed record HubSettings(string Folder, bool IsOffline = false, Uri? Mirror = null)
{
    public const string OfflineVariable = "FOVEA_OFFLINE";
    public const string MirrorVariable = "FOVEA_MIRROR";

    /// <summary>As the environment says it.</summary>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <exception cref="HubException">The mirror is no address, or there is no folder for downloads.</exception>
    public static HubSettings Of(Func<string, string?> environment) => new(
        Path.Combine(FoveaHome.Find(environment), "models"),
        environment(OfflineVariable) is not (null or "" or "0"),
        environment(MirrorVariable) is { Length: > 0 } mirror ? ParseMirror(mirror) : null);

    /// <summary>Where a published address is to be asked for: at the mirror, if there is one, below its path.</summary>
    public Uri AddressOf(Uri published) => Mirror is null
        ? published
        : new Uri(Mirror.GetLeftPart(UriPartial.Path).TrimEnd('/') + published.AbsolutePath);

    private static Uri ParseMirror(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? mirror)
        && (mirror.Scheme == Uri.UriSchemeHttps || mirror.Scheme == Uri.UriSchemeHttp)
        && mirror is { Query: "", Fragment: "", UserInfo: "" }
            ? mirror
            : throw HubThrow.BadMirror(text);
}
