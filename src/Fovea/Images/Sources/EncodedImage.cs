namespace Fovea.Images;

/// <summary>One picture of a source, named and perhaps labelled, its bytes not yet decoded.</summary>
/// <remarks>The source's one reader makes these in order; <see cref="Read"/> may be called on any thread, so that files are read side by side.</remarks>
internal sealed class EncodedImage
{
    /// <summary>The most bytes of one encoded picture; more is refused before it is allocated.</summary>
    public const int LargestBytes = 256 << 20;

    private readonly Func<ReadOnlyMemory<byte>> _read;

    private EncodedImage(string name, long? label, Func<ReadOnlyMemory<byte>> read)
    {
        Name = name;
        Label = label;
        _read = read;
    }

    /// <summary>What messages and outputs call it, `/`-separated.</summary>
    public string Name { get; }

    /// <summary>The class index of a WebDataset sample; null where none is known.</summary>
    public long? Label { get; }

    /// <summary>The file that it is; null for what is none.</summary>
    public string? Path { get; private init; }

    /// <summary>Where it lies in its archive; null outside of archives.</summary>
    public MemberPlace? Place { get; private init; }

    /// <summary>Why it cannot be read, where that is known before it is read.</summary>
    public ImageException? Refusal { get; private init; }

    /// <summary>The encoded bytes.</summary>
    /// <exception cref="ImageException">This picture cannot be read; the source goes on without it.</exception>
    public ReadOnlyMemory<byte> Read() => _read();

    /// <summary>A file, opened when it is read.</summary>
    public static EncodedImage OfFile(string path, string name) => new(name, null, () => ReadFile(path, name)) { Path = path };

    /// <summary>Bytes in memory.</summary>
    public static EncodedImage OfBytes(ReadOnlyMemory<byte> bytes, string name, long? label = null, MemberPlace? place = null) => new(name, label, () => bytes) { Place = place };

    /// <summary>A member of a plain archive, read from its place at each <see cref="Read"/>.</summary>
    public static EncodedImage OfMember(string archive, MemberPlace place, string name, long? label) => new(name, label, () => ReadMember(archive, place, name)) { Place = place };

    /// <summary>A stream, read to its end by the first <see cref="Read"/>; it cannot be read again.</summary>
    public static EncodedImage OfStream(Stream stream, string name) => new(name, null, () => ReadStream(stream, name));

    /// <summary>A picture that is known to be bad: reading it gives the reason.</summary>
    public static EncodedImage Unusable(string name, ImageException reason) => new(name, null, () => throw reason) { Refusal = reason };

    private static ReadOnlyMemory<byte> ReadFile(string path, string name)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists) throw Directory.Exists(path) ? SourceThrow.NotAFile(name) : SourceThrow.Missing(name);
            if (file.Length == 0) throw SourceThrow.Empty(name);          // a pipe too, and opening one could wait for ever
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length > LargestBytes) throw SourceThrow.TooLarge(name, stream.Length);
            byte[] bytes = new byte[stream.Length];
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(name, failure);
        }
    }

    private static ReadOnlyMemory<byte> ReadMember(string archive, MemberPlace place, string name)
    {
        try
        {
            using FileStream stream = new(archive, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Position = place.Offset;
            byte[] bytes = new byte[place.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(name, failure);
        }
    }

    private static ReadOnlyMemory<byte> ReadStream(Stream stream, string name)
    {
        try
        {
            using MemoryStream bytes = new();
            byte[] chunk = new byte[1 << 16];
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                if (bytes.Length + read > LargestBytes) throw SourceThrow.TooLarge(name);
                bytes.Write(chunk, 0, read);
            }
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable(name, failure);
        }
    }
}
