namespace Fovea.Tests;

/// <summary>A file of its own name in the temporary folder, deleted when the test ends.</summary>
internal sealed class TemporaryFile(string extension = "") : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"fovea-{Guid.NewGuid():N}{extension}");

    public void Dispose() => File.Delete(Path);
}
