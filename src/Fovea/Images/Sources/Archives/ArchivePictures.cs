using System.Runtime.ExceptionServices;
using System.Text;

namespace Fovea.Images;

/// <summary>The pictures of one tar archive, plain or gzip-compressed, streamed: one sample at a time in memory, nothing on disk.</summary>
/// <remarks>Each has its <see cref="EncodedImage.Place"/>, so that it can be read again without the others.</remarks>
internal sealed class ArchivePictures
{
    private const int LargestLabel = 64;

    private readonly TarReader _tar;
    private readonly string _path;
    private readonly string _name;
    private readonly bool _isContentRead;
    private readonly List<EncodedImage> _ready = [];
    private SampleRun _run;

    private ArchivePictures(TarReader tar, string path, string name, bool isContentRead)
    {
        _tar = tar;
        _path = path;
        _name = name;
        _isContentRead = isContentRead;
        _run = new(name, key: "");
    }

    /// <summary>All pictures in the order of the archive, named `name/key` or `name/member`.</summary>
    /// <exception cref="ImageException">The archive is absent or none, at once; it is damaged, after the pictures in front of the damage.</exception>
    public static IEnumerable<EncodedImage> Read(string path, string name, CancellationToken cancellation) => Read(path, name, isContentRead: true, cancellation);

    /// <summary>The same pictures of a plain archive without their bytes, which each reads from its place when it is asked; those of a compressed one as they are.</summary>
    /// <exception cref="ImageException">As for <see cref="Read(string, string, CancellationToken)"/>; what lies between headers is not looked at.</exception>
    public static IEnumerable<EncodedImage> List(string path, string name, CancellationToken cancellation) => Read(path, name, isContentRead: false, cancellation);

    private static IEnumerable<EncodedImage> Read(string path, string name, bool isContentRead, CancellationToken cancellation)
    {
        using Stream stream = isContentRead ? ArchiveStream.OpenWhole(path) : ArchiveStream.OpenForHeaders(path);
        ArchivePictures pictures = new(new TarReader(stream, path), path, name, isContentRead || !stream.CanSeek);
        foreach (EncodedImage image in pictures.Run(cancellation)) yield return image;
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
        else _run.Add(name, member.Size, Content(new(member.Offset, (int)member.Size)));
    }

    private MakeImage Content(MemberPlace place)
    {
        if (!_isContentRead) return (image, label) => EncodedImage.OfMember(_path, place, image, label);
        byte[] bytes = _tar.Read();
        return (image, label) => EncodedImage.OfBytes(bytes, image, label, place);
    }
}
