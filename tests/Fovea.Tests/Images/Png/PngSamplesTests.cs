using Fovea.Images;
using FsCheck.Xunit;

namespace Fovea.Tests.Images;

/// <summary>Samples of every form of PNG come back as they were written.</summary>
public class PngSamplesTests
{
    private static readonly (PngColor Color, int[] Depths)[] Forms =
    [
        (PngColor.Grey, [1, 2, 4, 8, 16]), (PngColor.Palette, [1, 2, 4, 8]), (PngColor.Rgb, [8, 16]), (PngColor.GreyAlpha, [8, 16]), (PngColor.RgbAlpha, [8, 16]),
    ];

    [Property]
    public void Samples_of_every_form_and_size_come_back(int seed)
    {
        Random random = new(seed);
        foreach ((PngColor color, int[] depths) in Forms)
        {
            foreach (int depth in depths)
            {
                PngHeader header = new(new ImageSize(random.Next(1, 20), random.Next(1, 20)), depth, color, IsInterlaced: random.Next(2) == 1);
                ushort[] samples = new ushort[header.Size.Height * header.Size.Width * header.Channels];
                for (int index = 0; index < samples.Length; index++) samples[index] = (ushort)random.Next(1 << depth);
                byte[] palette = new byte[color == PngColor.Palette ? 3 << depth : 0];
                random.NextBytes(palette);

                PngSamples read = PngSamples.Read(PngWriter.Write(header, samples, palette), "written.png", DecodeOptions.Default);
                Assert.Equal(header, read.Header);
                Assert.Equal(palette, read.Palette.ToArray());
                Assert.Equal(samples, Unpack(read));
            }
        }
    }

    [Fact]
    public void Wrong_checksum_is_refused()
    {
        byte[] file = PngWriter.Write(new PngHeader(ImageSize.Square(2), 16, PngColor.Grey, false), [1, 2, 3, 4], []);
        file[^20] ^= 1;
        Assert.Contains("checksum", Assert.Throws<ImageException>(() => PngSamples.Read(file, "written.png", DecodeOptions.Default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preset_dictionary_of_the_compressed_data_is_refused()
    {
        PngHeader header = new(ImageSize.Square(2), 16, PngColor.Grey, false);
        byte[] needsDictionary = [0x78, 0x20, 0, 0, 0, 1, 0x63, 0x60, 0, 0];
        byte[] file = [.. PngHeader.Signature, .. PngWriter.Chunk("IHDR"u8, PngWriter.Header(header)), .. PngWriter.Chunk("IDAT"u8, needsDictionary), .. PngWriter.Chunk("IEND"u8, [])];
        Assert.Contains("compressed PNG data are damaged", Assert.Throws<ImageException>(() => PngSamples.Read(file, "written.png", DecodeOptions.Default)).Message, StringComparison.Ordinal);
    }

    private static ushort[] Unpack(PngSamples read)
    {
        int count = read.Header.Size.Width * read.Header.Channels;
        ushort[] samples = new ushort[count * read.Header.Size.Height];
        for (int row = 0; row < read.Header.Size.Height; row++) read.Unpack(row, samples.AsSpan(row * count, count));
        return samples;
    }
}
