using Fovea.Tests;

namespace Fovea.Cli.Tests.Outputs;

/// <summary>A file system of 64 KB that is full soon. Skips the test, loudly, where it cannot be mounted.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyDisk()
    {
        (int exitCode, _, string error) = Programs.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder.Path);
        if (exitCode == 0) return;
        _folder.Dispose();
        Assert.Skip($"a full disk cannot be made here: {error.Trim()}");
    }

    public string[] Names => _folder.Names;

    public string File(string name) => _folder.File(name);

    public void Dispose()
    {
        Programs.Run("umount", _folder.Path);
        _folder.Dispose();
    }
}
