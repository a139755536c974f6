using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>Writes PNG files of every form, each row with the next of the five filters: the other half of what the reader undoes.</summary>
internal static class PngWriter
{
    /// <param name="header">Form and size.</param>
    /// <param name="samples">[height, width, channels].</param>
    /// <param name="palette">[colours, 3], or nothing.</param>
    public static byte[] Write(PngHeader header, ReadOnlySpan<ushort> samples, byte[] palette)
    {
        using MemoryStream packed = new();
        using (ZLibStream rows = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach ((int row, int column, int rowStep, int columnStep) in Passes(header.IsInterlaced)) WritePass(rows, header, samples, row, column, rowStep, columnStep);
        }
        byte[] data = packed.ToArray();
        return
        [
            .. PngHeader.Signature, .. Chunk("IHDR"u8, Header(header)), .. palette.Length > 0 ? Chunk("PLTE"u8, palette) : [],
            .. Chunk("IDAT"u8, data[..(data.Length / 2)]), .. Chunk("IDAT"u8, data[(data.Length / 2)..]), .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>A chunk: length, type, content, checksum.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        Seal(chunk.AsSpan(4));
        return chunk;
    }

    /// <summary>Writes the checksum of a chunk into its last four bytes.</summary>
    /// <param name="chunk">From the type on.</param>
    public static void Seal(Span<byte> chunk) => BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], Crc32.HashToUInt32(chunk[..^4]));

    public static byte[] Header(PngHeader header)
    {
        byte[] content = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(content, header.Size.Width);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4), header.Size.Height);
        (content[8], content[9], content[12]) = ((byte)header.BitDepth, (byte)header.Color, header.IsInterlaced ? (byte)1 : (byte)0);
        return content;
    }

    // The table of the PNG specification, section 8.2.
    private static (int Row, int Column, int RowStep, int ColumnStep)[] Passes(bool isInterlaced) => isInterlaced
        ? [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
        : [(0, 0, 1, 1)];

    private static void WritePass(ZLibStream rows, PngHeader header, ReadOnlySpan<ushort> samples, int firstRow, int firstColumn, int rowStep, int columnStep)
    {
        int width = (header.Size.Width - firstColumn + columnStep - 1) / columnStep;
        if (width <= 0) return;
        byte[] above = new byte[header.RowBytes(width)];
        for (int row = firstRow, filter = 0; row < header.Size.Height; row += rowStep, filter = (filter + 1) % 5)
        {
            byte[] packed = new byte[above.Length];
            for (int index = 0; index < width * header.Channels; index++)
            {
                int column = firstColumn + index / header.Channels * columnStep;
                Pack(packed, index, samples[(row * header.Size.Width + column) * header.Channels + index % header.Channels], header.BitDepth);
            }
            rows.WriteByte((byte)filter);
            rows.Write(Filter(filter, packed, above, Math.Max(1, header.PixelBits / 8)));
            above = packed;
        }
    }

    private static void Pack(byte[] packed, int index, ushort sample, int depth)
    {
        if (depth == 16) BinaryPrimitives.WriteUInt16BigEndian(packed.AsSpan(2 * index), sample);
        else packed[index * depth / 8] |= (byte)(sample << (8 - depth - index * depth % 8));
    }

    private static byte[] Filter(int filter, byte[] row, byte[] above, int step)
    {
        byte[] filtered = new byte[row.Length];
        for (int index = 0; index < row.Length; index++)
        {
            int a = index < step ? 0 : row[index - step], b = above[index], c = index < step ? 0 : above[index - step];
            (int pa, int pb, int pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
            int paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            filtered[index] = (byte)(row[index] - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth });
        }
        return filtered;
    }
}
