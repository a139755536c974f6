using System.Security.Cryptography;

namespace Fovea.Hub;

/// <summary>What has arrived of a download, with the hash of it; it is kept between tries and between runs of the program.</summary>
internal sealed class PartialFile : IDisposable
{
    private const int ReadAhead = 1 << 16;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
    }

    /// <summary>Bytes that have arrived.</summary>
    public long Length { get; private set; }

    /// <summary>Of what has arrived, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Opens or creates the file and hashes what an earlier try has left in it.</summary>
    /// <param name="path">The caller holds the lock that makes it its own.</param>
    /// <param name="cancellation">Ends the hashing.</param>
    public static async Task<PartialFile> OpenAsync(string path, CancellationToken cancellation)
    {
        PartialFile partial = new(path);
        try
        {
            await partial.CountAsync(partial._stream.Length, cancellation).ConfigureAwait(false);
            return partial;
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        Count(bytes.Span);
    }

    /// <summary>Forgets what has arrived.</summary>
    public void Restart()
    {
        if (Length == 0) return;
        _stream.SetLength(0);
        _hash.GetHashAndReset();
        Length = 0;
    }

    /// <summary>Ends the file, on the disk too, and gives it its name.</summary>
    public void MoveTo(string target)
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_path, target, overwrite: true);
    }

    /// <summary>Ends the file and deletes it.</summary>
    public void Delete()
    {
        _stream.Dispose();
        File.Delete(_path);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private async Task CountAsync(long length, CancellationToken cancellation)
    {
        byte[] piece = new byte[ReadAhead];
        while (Length < length)
        {
            int count = await _stream.ReadAsync(piece, cancellation).ConfigureAwait(false);
            if (count == 0) throw new EndOfStreamException($"{_path} became shorter while it was read");
            Count(piece.AsSpan(0, count));
        }
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }
}
