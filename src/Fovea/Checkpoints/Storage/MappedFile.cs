using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Checkpoints;

/// <summary>A file mapped into memory for reading: opening costs address space only, pages come when they are touched.</summary>
/// <remarks>Readers take a <see cref="Lease"/>, which keeps the mapping alive: disposing while another thread reads waits with the unmapping
/// until that reader is done, and reading after disposal throws. A file that is cut while it is mapped is outside of this contract.</remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(string path, long length, FileStamp stamp, MemoryMappedFile mapping)
    {
        Path = path;
        Length = length;
        Stamp = stamp;
        _mapping = mapping;
        _view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Of the file that is mapped, whatever its path names by now.</summary>
    public FileStamp Stamp { get; }

    /// <summary>Maps a whole file.</summary>
    /// <exception cref="CheckpointException">The file is absent, empty, a folder, no regular file or not readable.</exception>
    public static MappedFile Open(string path)
    {
        try
        {
            return Map(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CheckpointThrow.Missing(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Directory.Exists(path) ? CheckpointThrow.Folder(path) : CheckpointThrow.Unreadable(path, failure);
        }
    }

    /// <summary>Access to the bytes for as long as the lease is not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public Lease Read() => new(this);

    public void Dispose()
    {
        _view.Dispose();
        _mapping.Dispose();
    }

    private static MappedFile Map(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        MemoryMappedFile? mapping = null;
        try
        {
            long length = RandomAccess.GetLength(handle);                       // refuses what is no regular file: a pipe, a terminal
            if (length == 0) throw CheckpointThrow.Empty(path);
            FileStamp stamp = FileStamp.Of(handle);
            mapping = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new MappedFile(path, length, stamp, mapping);
        }
        catch
        {
            mapping?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The right to read the bytes of a <see cref="MappedFile"/> until it is disposed.</summary>
    public readonly unsafe ref struct Lease
    {
        private readonly SafeMemoryMappedViewHandle _handle;

        public Lease(MappedFile file)
        {
            _handle = file._view.SafeMemoryMappedViewHandle;
            byte* start = null;
            _handle.AcquirePointer(ref start);
            Bytes = new FileBytes(start + file._view.PointerOffset, file.Length);
        }

        public FileBytes Bytes { get; }

        public void Dispose() => _handle.ReleasePointer();
    }
}
