namespace Fovea.Cli.Tests.Outputs;

/// <summary>An empty folder of its own, deleted with all that is in it when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fovea-");

    public string FullName => _folder.FullName;

    /// <summary>Names of everything in the folder, hidden files too, in ordinal order.</summary>
    public string[] Names => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
