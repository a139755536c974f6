namespace Fovea.Hub;

/// <summary>The folder that keeps what can be had again: FOVEA_HOME, else `fovea` in the user's cache folder.</summary>
internal static class FoveaHome
{
    public const string Variable = "FOVEA_HOME";

    private const string OwnFolder = "fovea";

    /// <summary>The folder, which need not exist yet.</summary>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <exception cref="HubException">The user has no home folder, and the variable is not set.</exception>
    public static string Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        if (OperatingSystem.IsWindows()) return InUserFolder(Environment.SpecialFolder.LocalApplicationData);
        if (OperatingSystem.IsMacOS()) return InUserFolder(Environment.SpecialFolder.UserProfile, "Library", "Caches");
        // XDG Base Directory Specification: a path that is not absolute is to be ignored.
        return environment("XDG_CACHE_HOME") is { Length: > 0 } caches && Path.IsPathRooted(caches)
            ? Path.Combine(caches, OwnFolder)
            : InUserFolder(Environment.SpecialFolder.UserProfile, ".cache");
    }

    private static string InUserFolder(Environment.SpecialFolder kind, params ReadOnlySpan<string> below)
    {
        string folder = Environment.GetFolderPath(kind, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0 ? Path.Combine([folder, .. below, OwnFolder]) : throw HubThrow.NoHome();
    }
}
