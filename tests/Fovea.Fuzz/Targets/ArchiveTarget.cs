using System.Formats.Tar;
using System.IO.Compression;
using Fovea.Images;

namespace Fovea.Fuzz;

/// <summary>Tar archives, plain and gzip-compressed, read to their ends with every picture in them.</summary>
internal sealed class ArchiveTarget : FuzzTarget
{
    private readonly ScratchFile _file = new();

    public override string Name => "archive";

    internal override void Read(ReadOnlySpan<byte> input)
    {
        _file.Write(input);
        ImageException? last = null;
        foreach (EncodedImage image in ImageSource.Archive(_file.Path).Open(CancellationToken.None))
        {
            try
            {
                image.Read();
            }
            catch (ImageException refusal)
            {
                last = refusal;                                                // of one picture: the archive goes on
            }
        }
        if (last is not null) throw last;
    }

    internal override bool IsRefusal(Exception exception) => exception is ImageException;

    // A changed archive within sound compression: the changes that bytes of a gzip file would never reach.
    internal override byte[] Seal(byte[] input, Random random)
    {
        byte[] archive = TarChecksums.Seal(input);
        return random.Next(3) == 0 ? Gzip(archive) : archive;
    }

    internal override IEnumerable<byte[]> FindSeeds()
    {
        foreach (TarEntryFormat format in (TarEntryFormat[])[TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu])
        {
            byte[] archive = Archive(format);
            yield return archive;
            yield return Gzip(archive);
        }
    }

    protected override void Dispose(bool isDisposing)
    {
        _file.Dispose();
        base.Dispose(isDisposing);
    }

    private static byte[] Archive(TarEntryFormat format)
    {
        string longName = format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? new string('n', 120) : "n";
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, format, leaveOpen: true))
        {
            foreach (string name in (string[])["0.jpg", "0.cls", "a/1.png", "a/1.seg.png", $"{longName}.webp", "notes.txt"])
            {
                TarEntryType type = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(type, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    TarEntryFormat.Pax => new PaxTarEntry(type, name),
                    _ => new GnuTarEntry(type, name),
                };
                entry.DataStream = new MemoryStream("5"u8.ToArray());
                writer.WriteEntry(entry);
            }
        }
        return archive.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }
}
