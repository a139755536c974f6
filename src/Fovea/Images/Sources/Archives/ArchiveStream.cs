using System.IO.Compression;

namespace Fovea.Images;

/// <summary>Opens tar archives; whether one is compressed is told by its content.</summary>
internal static class ArchiveStream
{
    private const int Buffer = 1 << 16;

    // A header, a label and the next header: what is read between two jumps over pictures.
    private const int HeaderBuffer = 1 << 12;

    /// <summary>The archive from its start, unpacked, to be read to its end.</summary>
    /// <exception cref="ImageException">There is no such file, or it is no archive.</exception>
    public static Stream OpenWhole(string path) => Open(path, Buffer, FileOptions.SequentialScan);

    /// <summary>The same, where much of a plain archive will be passed over; only such a one can seek.</summary>
    /// <exception cref="ImageException">There is no such file, or it is no archive.</exception>
    public static Stream OpenForHeaders(string path) => Open(path, HeaderBuffer, FileOptions.RandomAccess);

    /// <summary>Whether an archive can only be read from its start.</summary>
    /// <exception cref="ImageException">There is no such file, or it is no archive.</exception>
    public static bool IsCompressed(string path)
    {
        using Stream stream = OpenForHeaders(path);
        return !stream.CanSeek;
    }

    private static Stream Open(string path, int buffer, FileOptions options)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, buffer, options);
            byte[] start = new byte[TarHeader.Bytes];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (length == 0) throw SourceThrow.Empty(path);
            bool isGzip = start.AsSpan().StartsWith([(byte)0x1F, (byte)0x8B]);
            TarHeader header = new(start);
            if (!isGzip && !header.IsEnd && !header.IsIntact) throw SourceThrow.NoArchive(path);
            file.Position = 0;
            return isGzip ? new BufferedStream(new GZipStream(file, CompressionMode.Decompress), Buffer) : file;
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (SourceThrow.IsUnreadable(failure)) throw SourceThrow.Unreadable(path, failure);
            throw;
        }
    }
}
