using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Fovea.Tests.Images.Sources;

/// <summary>Archives for tests: good ones by .NET's own writer, and headers with anything in them.</summary>
internal static class Tar
{
    public const int Block = 512;

    /// <summary>A USTAR archive of files.</summary>
    public static byte[] Of(params (string Name, string Content)[] files) => Of(TarEntryFormat.Ustar, files);

    public static byte[] Of(TarEntryFormat format, params (string Name, string Content)[] files)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, format, leaveOpen: true))
        {
            foreach ((string name, string content) in files) writer.WriteEntry(Entry(format, name, content));
        }
        return archive.ToArray();
    }

    /// <summary>One header with its checksum, however absurd the rest is.</summary>
    public static byte[] Header(string name, char type, ReadOnlySpan<byte> size)
    {
        byte[] block = new byte[Block];
        Encoding.UTF8.GetBytes(name, block);
        size.CopyTo(block.AsSpan(124));
        block[156] = (byte)type;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        return WithChecksum(block);
    }

    public static byte[] Header(string name, char type, long size) => Header(name, type, Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')));

    public static byte[] WithChecksum(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(value => value), 8).PadLeft(6, '0') + "\0", block.AsSpan(148));
        return block;
    }

    /// <summary>Content and the zeros behind it.</summary>
    public static byte[] Padded(string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        Array.Resize(ref bytes, (bytes.Length + Block - 1) / Block * Block);
        return bytes;
    }

    public static byte[] End => new byte[2 * Block];

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, string name, string content)
    {
        TarEntryType type = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Pax => new PaxTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new UstarTarEntry(type, name),
        };
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return entry;
    }
}
