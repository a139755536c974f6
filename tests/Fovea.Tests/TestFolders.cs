namespace Fovea.Tests;

/// <summary>Where tests find what the reference made and, outside the repository, real photographs.</summary>
internal static class TestFolders
{
    private static readonly string Repository = FindRepository();

    /// <summary>A golden folder: `tests/Goldens/NAME`, or another set of the same layout in the folder FOVEA_GOLDENS.</summary>
    public static string? FindGolden(string name)
    {
        string root = Environment.GetEnvironmentVariable("FOVEA_GOLDENS") is { Length: > 0 } other ? other : Path.Combine(Repository, "tests", "Goldens");
        string folder = Path.Combine(root, name);
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>As <see cref="FindGolden"/>; skips the test, loudly, when the folder is absent.</summary>
    public static string Golden(string name)
    {
        string? folder = FindGolden(name);
        Assert.SkipWhen(folder is null, $"the golden folder '{name}' is absent in FOVEA_GOLDENS");
        return folder!;
    }

    /// <summary>A folder of real photographs below FOVEA_DATA; skips the test, loudly, when it is absent. Such tests carry the trait Data.</summary>
    public static string Data(string name)
    {
        string? root = Environment.GetEnvironmentVariable("FOVEA_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "FOVEA_DATA is not set: this test needs real photographs");
        string folder = Path.Combine(root!, name);
        Assert.SkipUnless(Directory.Exists(folder), $"FOVEA_DATA has no folder '{name}'");
        return folder;
    }

    /// <summary>A path inside the repository.</summary>
    public static string InRepository(params ReadOnlySpan<string> parts) => Path.Combine([Repository, .. parts]);

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout: no Fovea.slnx above it.");
    }
}
