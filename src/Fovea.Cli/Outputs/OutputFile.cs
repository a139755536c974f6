using System.Security.Cryptography;

namespace Fovea.Cli.Outputs;

/// <summary>One file of a command's results: written under a hidden name beside its place and renamed when complete, so that no run leaves half a file.</summary>
/// <remarks>
/// A symbolic link stays one: the file that it leads to is replaced. What cannot be replaced (a device, a pipe, standard output) is written through.
/// What is left when the process is killed is named `.fovea-*.partial`. Not safe to use from several threads.
/// </remarks>
internal sealed class OutputFile : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private const int MostLinks = 40;                        // as the Linux kernel

    private readonly string _place;
    private readonly bool _ownsStream;
    private string? _temporary;

    private OutputFile(string path, string place, string? temporary, Stream stream, bool ownsStream = true)
    {
        Path = path;
        Stream = stream;
        _place = place;
        _temporary = temporary;
        _ownsStream = ownsStream;
        IsWrittenThrough = temporary is null;
    }

    /// <summary>The file as the user named it; for messages.</summary>
    public string Path { get; }

    /// <summary>Where to write. Its own exceptions are the operating system's: see <see cref="OutputThrow.Refused"/>.</summary>
    public Stream Stream { get; }

    /// <summary>Whether somebody may be reading while this is written.</summary>
    public bool IsWrittenThrough { get; }

    /// <summary>Begins a file; nothing is seen at its place before <see cref="Complete"/>.</summary>
    /// <param name="path">The file as the user names it.</param>
    /// <param name="isSeekable">Whether the writer goes back to its beginning, which a pipe or a device cannot do.</param>
    /// <exception cref="OutputException">The place is a folder, its folder does not exist, it may not be written, or it is a pipe.</exception>
    public static OutputFile Create(string path, bool isSeekable = false)
    {
        try
        {
            string place = FollowLinks(path);
            if (Directory.Exists(place)) throw OutputThrow.Folder(path);
            string folder = System.IO.Path.GetDirectoryName(place)!;
            if (!Directory.Exists(folder)) throw OutputThrow.NoFolder(path, folder);
            if (isSeekable && IsPipe(place)) throw OutputThrow.Pipe(path);
            if (OpenUnlessReplaceable(place) is Stream through) return new OutputFile(path, place, temporary: null, through);
            string temporary = TemporaryName(folder);
            return new OutputFile(path, place, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize));
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(path, failure);
        }
    }

    /// <summary>Standard output in the place of a file. The stream is not closed.</summary>
    public static OutputFile Standard(Stream standardOutput) => new("standard output", place: "", temporary: null, standardOutput, ownsStream: false);

    /// <summary>A nameless file on the same disk for what has to wait; it is gone when closed, or when the process ends in any way.</summary>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public FileStream OpenSpool()
    {
        string name = TemporaryName(IsWrittenThrough ? System.IO.Path.GetTempPath() : System.IO.Path.GetDirectoryName(_place)!);
        try
        {
            FileStream spool = new(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows()) File.Delete(name);        // a killed process does not close; an open file without a name ends with it
            return spool;
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(Path, failure);
        }
    }

    /// <summary>Puts the file in its place, replacing what was there.</summary>
    /// <exception cref="OutputException">The disk is full, or the place may no longer be written.</exception>
    public void Complete() => CompleteTogether(this);

    /// <summary>Completes files that belong together: all are on the disk before the first appears, and they appear in the order given.</summary>
    /// <exception cref="OutputException">The disk is full, or a place may no longer be written.</exception>
    public static void CompleteTogether(params ReadOnlySpan<OutputFile> files)
    {
        foreach (OutputFile file in files) file.OrRefuse(file.Settle);
        foreach (OutputFile file in files) file.OrRefuse(file.Appear);
    }

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public void Dispose()
    {
        if (_ownsStream) GiveUp(Stream.Dispose);
        if (_temporary is string temporary) GiveUp(() => File.Delete(temporary));
    }

    // On a full disk closing tries, in vain, to write its last buffer, which nobody wants any more; whoever filled the disk has the exception.
    private static void GiveUp(Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
        }
    }

    /// <summary>Does something to the file; what the operating system refuses becomes a sentence.</summary>
    /// <exception cref="OutputException">The disk is full, the place may no longer be written, or nobody reads any more.</exception>
    public void OrRefuse(Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(Path, failure);
        }
    }

    private void Settle()
    {
        if (_temporary is not null) ((FileStream)Stream).Flush(flushToDisk: true);
        else Stream.Flush();
        if (_ownsStream) Stream.Dispose();
    }

    private void Appear()
    {
        if (_temporary is null) return;
        File.Move(_temporary, _place, overwrite: true);
        _temporary = null;
    }

    /// <summary>The file that a chain of symbolic links leads to, but no further than into /dev and /proc.</summary>
    /// <remarks>There the names stand for devices and open files: /dev/stdout leads to /proc/self/fd/1, and that to "pipe:[4711]", which is no path.</remarks>
    private static string FollowLinks(string path)
    {
        string place = System.IO.Path.GetFullPath(path);
        for (int links = 0; links <= MostLinks; links++)
        {
            if (IsDevice(place) || new FileInfo(place).LinkTarget is not string target) return place;
            place = System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(place)!);
        }
        throw OutputThrow.LinkLoop(path);
    }

    private static bool IsDevice(string place) =>
        !OperatingSystem.IsWindows() && (place.StartsWith("/dev/", StringComparison.Ordinal) || place.StartsWith("/proc/", StringComparison.Ordinal));

    /// <summary>The open file when it is there and no regular one; null when a new file can take its place.</summary>
    /// <remarks>Opening also refuses to replace a file that is protected against writing, although its folder would allow it.</remarks>
    private static FileStream? OpenUnlessReplaceable(string place)
    {
        if (!File.Exists(place)) return null;
        FileStream existing = new(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        if (IsDevice(place) || !existing.CanSeek) return existing;
        existing.Dispose();
        return null;
    }

    // Opening a pipe for writing waits for its reader, opening it for both does not.
    private static bool IsPipe(string place)
    {
        if (!File.Exists(place)) return false;
        using FileStream probe = new(place, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return !probe.CanSeek;
    }

    private static string TemporaryName(string folder) => System.IO.Path.Combine(folder, $".fovea-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.partial");
}
