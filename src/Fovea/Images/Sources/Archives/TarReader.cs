namespace Fovea.Images;

/// <summary>Reads a tar archive front to back: USTAR, GNU and PAX, members of any size, nothing kept but what is asked for.</summary>
/// <remarks>
/// Ours, because an archive may be hostile: a length is compared with what is left before it is believed, memory grows only with bytes
/// that have arrived, and an archive without its end mark is a cut one and not a short one.
/// </remarks>
internal sealed class TarReader(Stream stream, string archive)
{
    private const int LargestHeaderContent = 1 << 20;
    private const int LargestTail = 1 << 20;
    private const int Chunk = 1 << 20;

    private readonly byte[] _block = new byte[TarHeader.Bytes];
    private readonly byte[] _skipped = stream.CanSeek ? [] : new byte[1 << 14];
    private readonly long _length = stream.CanSeek ? stream.Length : long.MaxValue;
    private long _position, _unread, _padding;

    private TarHeader Header => new(_block);

    private long HeaderSize => Header.TryGetSize(out long size) ? size : throw Damaged("has a header whose size is no number");

    /// <summary>The next member, past what was not read of the last one; null at the end mark.</summary>
    /// <exception cref="ImageException">The archive is damaged, or ends before its end mark.</exception>
    public TarMember? Next()
    {
        string? longName = null;
        PaxRecords pax = default;
        while (ReadHeader())
        {
            switch (Header.Type)
            {
                case 'x': pax = PaxRecords.Parse(ReadHeaderContent()) ?? throw Damaged("has a PAX header that cannot be read"); break;
                case 'L': longName = TarHeader.Text(ReadHeaderContent()); break;
                case 'g' or 'K': SetSize(HeaderSize); break;                    // about all members, and a link's target: nothing of use
                default: return Member(pax.Path ?? longName ?? Header.Name, pax);
            }
        }
        return null;
    }

    /// <summary>The content of the member that <see cref="Next"/> gave.</summary>
    /// <exception cref="ImageException">The archive ends inside it.</exception>
    public byte[] Read()
    {
        // How much a compressed archive still holds is not known: memory at most doubles what has come.
        byte[] bytes = new byte[stream.CanSeek ? _unread : long.Min(_unread, Chunk)];
        int filled = 0;
        while (true)
        {
            ReadExactly(bytes.AsSpan(filled));
            _unread -= bytes.Length - filled;
            filled = bytes.Length;
            if (_unread == 0) return bytes;
            Array.Resize(ref bytes, (int)long.Min(filled + _unread, 2L * filled));
        }
    }

    /// <summary>Reads one header and checks it; false at the end mark.</summary>
    private bool ReadHeader()
    {
        Skip(_unread);
        Skip(_padding);
        (_unread, _padding) = (0, 0);
        ReadExactly(_block);
        if (Header.IsEnd)
        {
            ReadTail();
            return false;
        }
        return Header.IsIntact ? true : throw Damaged("has a header whose checksum is wrong");
    }

    private TarMember Member(string name, PaxRecords pax)
    {
        char type = Header.Type;
        // Links, devices and folders have no content, whatever the size says.
        bool hasContent = type is < '1' or > '6';
        long size = hasContent ? pax.Size ?? HeaderSize : 0;
        if (type == 'S') SkipSparseMap();
        SetSize(size);
        bool isFile = type is '0' or '\0' or '7' or 'S' && !name.EndsWith('/');
        return new(name, _position, size, isFile, type == 'S' || pax.IsSparse);
    }

    private void SetSize(long size)
    {
        if (size > _length - _position) throw Damaged($"says that {size:N0} bytes follow, which it does not have");
        _unread = size;
        _padding = (TarHeader.Bytes - size % TarHeader.Bytes) % TarHeader.Bytes;
    }

    private byte[] ReadHeaderContent()
    {
        if (HeaderSize > LargestHeaderContent) throw Damaged($"has a name or PAX header of {HeaderSize:N0} bytes");
        SetSize(HeaderSize);
        return Read();
    }

    // GNU's map of holes lies between header and content, in as many blocks as it needs.
    private void SkipSparseMap()
    {
        Span<byte> map = stackalloc byte[TarHeader.Bytes];
        for (bool hasMore = Header.HasMoreMap; hasMore; hasMore = map[504] != 0) ReadExactly(map);
    }

    // A compressed stream checks itself at its own end, a little behind the end mark.
    private void ReadTail()
    {
        if (stream.CanSeek) return;
        for (int left = LargestTail; left > 0;)
        {
            int read = ReadSome(_skipped);
            if (read == 0) return;
            left -= read;
        }
    }

    private void Skip(long count)
    {
        if (stream.CanSeek)
        {
            if (count > _length - _position) throw Cut();
            stream.Seek(count, SeekOrigin.Current);
            _position += count;
            return;
        }
        while (count > 0)
        {
            int part = (int)long.Min(count, _skipped.Length);
            ReadExactly(_skipped.AsSpan(0, part));
            count -= part;
        }
    }

    private void ReadExactly(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = ReadSome(bytes);
            if (read == 0) throw Cut();
            _position += read;
            bytes = bytes[read..];
        }
    }

    private int ReadSome(Span<byte> bytes)
    {
        try
        {
            return stream.Read(bytes);
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            throw SourceThrow.Unreadable($"{archive} at byte {_position:N0}", failure);
        }
    }

    private ImageException Cut() => Damaged("ends too early");

    private ImageException Damaged(string what) => SourceThrow.BadArchive(archive, $"{what}, at byte {_position:N0}");
}
