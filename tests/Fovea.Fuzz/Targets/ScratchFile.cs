using Microsoft.Win32.SafeHandles;

namespace Fovea.Fuzz;

/// <summary>The file that readers of paths are given, written anew for each input; in memory where the system has a folder for that.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <param name="folder">Its folder; null: <see cref="Folder"/>.</param>
    public ScratchFile(string? folder = null)
    {
        Path = System.IO.Path.Combine(folder ?? Folder, $"fovea-fuzz-{Guid.NewGuid():N}");
        _handle = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Where such files are made.</summary>
    public static string Folder { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    public string Path { get; }

    public void Write(ReadOnlySpan<byte> content)
    {
        RandomAccess.SetLength(_handle, 0);
        RandomAccess.Write(_handle, content, 0);
    }

    public void Dispose()
    {
        _handle.Dispose();
        File.Delete(Path);
    }
}
