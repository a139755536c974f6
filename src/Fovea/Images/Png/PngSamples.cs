using System.Buffers.Binary;
using System.IO.Compression;

namespace Fovea.Images;

/// <summary>The samples of a PNG as the file stores them: grey, colour or palette indices of 1 to 16 bits, converted by nobody.</summary>
/// <remarks>Codecs give colours; the indices of a segmentation mask and exact 16-bit grey need this.</remarks>
internal sealed class PngSamples
{
    // Adam7: the first row and column of each pass, and the steps from there.
    private static readonly (int Row, int Column, int RowStep, int ColumnStep)[] Passes =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    private readonly string _name;
    private readonly int _rowBytes;
    private readonly byte[] _rows;                                             // [height, row bytes], samples packed as in the file

    private PngSamples(PngHeader header, byte[] palette, string name)
    {
        Header = header;
        Palette = palette;
        _name = name;
        _rowBytes = header.RowBytes(header.Size.Width);
        _rows = new byte[checked(_rowBytes * header.Size.Height)];
    }

    public PngHeader Header { get; }

    /// <summary>[colours, 3]: red, green, blue; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Palette { get; }

    /// <param name="encoded">A whole file.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="options">Its limit on pixels holds.</param>
    /// <exception cref="ImageException">No PNG, a damaged or cut one, or one beyond the limit.</exception>
    public static PngSamples Read(ReadOnlySpan<byte> encoded, string name, DecodeOptions options)
    {
        PngChunks chunks = new(encoded, name);
        if (!chunks.Next() || !chunks.Type.SequenceEqual("IHDR"u8)) throw ImageThrow.Damaged(name, "it does not begin with a PNG header");
        PngHeader header = PngHeader.Parse(chunks.Content, name);
        options.Check(header.Size, name);
        byte[] palette = [];
        using MemoryStream compressed = new();
        while (chunks.Next())
        {
            if (chunks.Type.SequenceEqual("PLTE"u8)) palette = chunks.Content.ToArray();
            if (chunks.Type.SequenceEqual("IDAT"u8)) compressed.Write(chunks.Content);
        }
        compressed.Position = 0;
        PngSamples samples = new(header, palette, name);
        samples.Inflate(compressed);
        return samples;
    }

    /// <summary>Writes the samples of one row: [width, channels].</summary>
    public void Unpack(int row, Span<ushort> samples)
    {
        ReadOnlySpan<byte> packed = _rows.AsSpan(row * _rowBytes, _rowBytes);
        int depth = Header.BitDepth;
        int count = Header.Size.Width * Header.Channels;
        for (int index = 0; index < count; index++)
        {
            samples[index] = depth switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(packed[(2 * index)..]),
                8 => packed[index],
                _ => (ushort)((packed[index * depth / 8] >> (8 - depth - index * depth % 8)) & ((1 << depth) - 1)),
            };
        }
    }

    private void Inflate(MemoryStream compressed)
    {
        try
        {
            using ZLibStream rows = new(compressed, CompressionMode.Decompress);
            if (!Header.IsInterlaced)
            {
                ReadPass(rows, Header.Size, (row, bytes) => bytes.CopyTo(_rows.AsSpan(row * _rowBytes)));
                return;
            }
            foreach ((int row, int column, int rowStep, int columnStep) in Passes)
            {
                ImageSize size = new((Header.Size.Height - row + rowStep - 1) / rowStep, (Header.Size.Width - column + columnStep - 1) / columnStep);
                if (size.Height == 0 || size.Width == 0) continue;             // a small picture has no pixel in some passes
                ReadPass(rows, size, (passRow, bytes) => Scatter(bytes, size.Width, row + passRow * rowStep, column, columnStep));
            }
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException)     // the second: they ask for a preset dictionary
        {
            throw ImageThrow.Damaged(_name, "its compressed PNG data are damaged", cause);
        }
    }

    /// <summary>Inflates and unfilters the rows of one pass: never more bytes than the header promises.</summary>
    private void ReadPass(ZLibStream stream, ImageSize size, Action<int, byte[]> use)
    {
        int length = Header.RowBytes(size.Width);
        byte[] row = new byte[length];
        byte[] above = new byte[length];
        Span<byte> filter = stackalloc byte[1];
        for (int index = 0; index < size.Height; index++)
        {
            if (stream.ReadAtLeast(filter, 1, throwOnEndOfStream: false) < 1) throw ImageThrow.CutOff(_name);
            if (stream.ReadAtLeast(row, length, throwOnEndOfStream: false) < length) throw ImageThrow.CutOff(_name);
            if (!PngFilter.Undo(filter[0], row, above, Math.Max(1, Header.PixelBits / 8))) throw ImageThrow.Damaged(_name, $"row {index} has the unknown PNG filter {filter[0]}");
            use(index, row);
            (row, above) = (above, row);
        }
    }

    /// <summary>Puts the pixels of a pass's row where they belong.</summary>
    private void Scatter(byte[] packed, int width, int row, int column, int columnStep)
    {
        Span<byte> target = _rows.AsSpan(row * _rowBytes, _rowBytes);
        int bits = Header.PixelBits;
        for (int index = 0; index < width; index++)
        {
            int place = column + index * columnStep;
            if (bits >= 8)
            {
                packed.AsSpan(index * bits / 8, bits / 8).CopyTo(target[(place * bits / 8)..]);
                continue;
            }
            int sample = (packed[index * bits / 8] >> (8 - bits - index * bits % 8)) & ((1 << bits) - 1);
            target[place * bits / 8] |= (byte)(sample << (8 - bits - place * bits % 8));
        }
    }
}
