using System.IO.Compression;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Fovea.Images;

/// <summary>The pictures of one tar archive, plain or gzip-compressed, streamed: one sample at a time in memory, nothing on disk.</summary>
internal sealed class ArchivePictures
{
    private const int LargestLabel = 64;
    private const int Buffer = 1 << 16;

    private readonly TarReader _tar;
    private readonly string _name;
    private readonly List<EncodedImage> _ready = [];
    private SampleRun _run;

    private ArchivePictures(TarReader tar, string name)
    {
        _tar = tar;
        _name = name;
        _run = new(name, key: "");
    }

    /// <summary>All pictures in the order of the archive, named `name/key` or `name/member`.</summary>
    /// <exception cref="ImageException">The archive is absent or none, at once; it is damaged, after the pictures in front of the damage.</exception>
    public static IEnumerable<EncodedImage> Read(string path, string name, CancellationToken cancellation)
    {
        using Stream stream = Open(path);
        ArchivePictures pictures = new(new TarReader(stream, path), name);
        foreach (EncodedImage image in pictures.Run(cancellation)) yield return image;
    }

    private static Stream Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Buffer, FileOptions.SequentialScan);
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

    private IEnumerable<EncodedImage> Run(CancellationToken cancellation)
    {
        bool isOpen = true;
        while (isOpen)
        {
            cancellation.ThrowIfCancellationRequested();
            ImageException? damage = null;
            try
            {
                isOpen = Advance();
            }
            catch (ImageException failure)
            {
                damage = failure;
                _ready.AddRange(_run.Close(isCut: true));
            }
            foreach (EncodedImage image in _ready) yield return image;
            _ready.Clear();
            if (damage is not null) ExceptionDispatchInfo.Throw(damage);
        }
    }

    /// <summary>Reads one member; false after the last.</summary>
    private bool Advance()
    {
        if (_tar.Next() is not { } member)
        {
            _ready.AddRange(_run.Close());
            return false;
        }
        if (!member.IsFile || MemberName.Parse(member.Name) is not { } name) return true;
        if (name.Key != _run.Key)
        {
            _ready.AddRange(_run.Close());
            _run = new(_name, name.Key);
        }
        Keep(member, name);
        if (_run.IsFull) _ready.AddRange(_run.Take());
        return true;
    }

    private void Keep(TarMember member, MemberName name)
    {
        if (name.IsLabel) _run.SetLabel(member.Size <= LargestLabel ? Encoding.UTF8.GetString(_tar.Read()) : $"of {member.Size:N0} bytes");
        else if (!name.IsPicture) return;
        else if (member.IsSparse) _run.AddUnusable(name, SourceThrow.SparseMember);
        else if (member.Size > EncodedImage.LargestBytes) _run.AddUnusable(name, image => SourceThrow.TooLarge(image, member.Size));
        else _run.Add(name, _tar.Read());
    }
}
