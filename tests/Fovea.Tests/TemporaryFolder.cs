namespace Fovea.Tests;

/// <summary>A folder of its own in the temporary one, deleted with all it holds when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fovea-").FullName;

    /// <summary>Names of everything in the folder, hidden files too, in ordinal order.</summary>
    public string[] Names => [.. new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
