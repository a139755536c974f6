using System.Buffers;
using Fovea.Images;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Training.Data;

/// <summary>The bytes of one picture file, borrowed: from a pool, or from what is in memory anyway. Dispose it when the picture is decoded.</summary>
internal readonly struct EncodedBytes : IDisposable
{
    // The pool keeps what it gets: right for photographs, wrong for a scan of 200 MB.
    private const int MostPooled = 1 << 24;

    private readonly byte[]? _pooled;

    private EncodedBytes(ReadOnlyMemory<byte> bytes, byte[]? pooled)
    {
        Bytes = bytes;
        _pooled = pooled;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Bytes that stay where they are.</summary>
    public static EncodedBytes Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    /// <summary>Reads a part of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">What of it.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <exception cref="ImageException">It cannot be read, or the file is shorter by now.</exception>
    public static EncodedBytes Read(SafeFileHandle file, MemberPlace place, string name)
    {
        byte[] buffer = place.Length <= MostPooled ? ArrayPool<byte>.Shared.Rent(place.Length) : GC.AllocateUninitializedArray<byte>(place.Length);
        EncodedBytes bytes = new(buffer.AsMemory(0, place.Length), place.Length <= MostPooled ? buffer : null);
        try
        {
            for (int filled = 0; filled < place.Length;)
            {
                int read = RandomAccess.Read(file, buffer.AsSpan(filled, place.Length - filled), place.Offset + filled);
                if (read == 0) throw ImageThrow.CutOff(name);
                filled += read;
            }
            return bytes;
        }
        catch (Exception failure)
        {
            bytes.Dispose();
            if (SourceThrow.IsUnreadable(failure)) throw SourceThrow.Unreadable(name, failure);
            throw;
        }
    }

    public void Dispose()
    {
        if (_pooled is not null) ArrayPool<byte>.Shared.Return(_pooled);
    }
}
