using System.IO.Compression;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>Small valid pictures of each format, cut at each byte, changed at each byte, and with sizes that lie: pixels or an <see cref="ImageException"/>.</summary>
public class DamagedPictureTests
{
    private const long FewBytes = 4 << 20;

    public static TheoryData<string> Formats => [.. EncodedPictures.Formats];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Formats))]
    public void Whole_picture_decodes(string format)
    {
        using RgbImage image = Decode(EncodedPictures.Make(format));
        Assert.Equal(new ImageSize(EncodedPictures.Height, EncodedPictures.Width), image.Size);
        ReadOnlySpan<byte> red = image.Row(2)[8..11];
        Assert.True(red[0] > 230 && red[1] < 40 && red[2] < 40, $"{format}: {red[0]}, {red[1]}, {red[2]}");
    }

    // What lies behind the last pixel (padding, a mask, an end mark) may be missing.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Formats))]
    public void Cut_picture_is_refused_or_whole(string format)
    {
        byte[] file = EncodedPictures.Make(format);
        using RgbImage whole = Decode(file);
        int refused = 0;
        for (int length = 0; length < file.Length; length++)
        {
            try
            {
                using RgbImage image = Decode(file[..length]);
                PixelComparison.Check($"{format} cut at {length} of {file.Length}", TransformGoldens.Rgb(whole), TransformGoldens.Rgb(image), whole.Size.Width);
            }
            catch (ImageException refusal)
            {
                Assert.StartsWith("odd.bin: ", refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(refused > file.Length / 2, $"{format}: only {refused} of {file.Length} cuts are refused");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Formats))]
    public void Changed_byte_gives_pixels_or_a_refusal(string format)
    {
        byte[] file = EncodedPictures.Make(format);
        for (int position = 0; position < file.Length; position++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                byte[] changed = [.. file];
                changed[position] ^= flip;
                Exception? outcome = Record.Exception(() => Decode(changed, new DecodeOptions { MaxPixels = 1 << 20 }).Dispose());
                Assert.True(outcome is null or ImageException, $"{format}, byte {position} xor {flip:x2}: {outcome}");
            }
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Formats))]
    public void Size_beyond_the_limit_is_refused_before_anything_is_allocated(string format)
    {
        byte[] file = EncodedPictures.WithSize(format, width: 16000, height: 16000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageException refusal = Assert.Throws<ImageException>(() => Decode(file));
        Assert.Contains("16000 rows of 16000 pixels", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FewBytes);
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("png")]
    [InlineData("bmp")]
    public void Size_that_no_buffer_holds_is_refused_whatever_the_limit(string format) =>
        Assert.Throws<ImageException>(() => Decode(EncodedPictures.WithSize(format, width: 65535, height: 65535), new DecodeOptions { MaxPixels = long.MaxValue }));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Formats))]
    public void Picture_without_rows_or_columns_is_refused(string format)
    {
        Assert.Throws<ImageException>(() => Decode(EncodedPictures.WithSize(format, 0, EncodedPictures.Height)));
        Assert.Throws<ImageException>(() => Decode(EncodedPictures.WithSize(format, EncodedPictures.Width, 0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Zero_bytes_are_no_picture(int length) => Assert.Throws<ImageException>(() => Decode(new byte[length]));

    [Fact]
    public void Compressed_data_beyond_the_last_row_are_never_inflated()
    {
        using MemoryStream packed = new();
        using (ZLibStream zeros = new(packed, CompressionLevel.Fastest, leaveOpen: true)) zeros.Write(new byte[64 << 20]);
        PngHeader header = new(ImageSize.Square(2), 16, PngColor.Grey, false);
        byte[] bomb = [.. PngHeader.Signature, .. PngWriter.Chunk("IHDR"u8, PngWriter.Header(header)), .. PngWriter.Chunk("IDAT"u8, packed.ToArray()), .. PngWriter.Chunk("IEND"u8, [])];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using RgbImage image = Decode(bomb);
        Assert.Equal(ImageSize.Square(2), image.Size);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FewBytes);
    }

    [Fact]
    public void Jpeg_of_many_empty_scans_is_refused()
    {
        byte[] jpeg = EncodedPictures.Make("jpeg");
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0];
        byte[] trap = [.. jpeg[..^2], .. Enumerable.Repeat(scan, 200).SelectMany(bytes => bytes), 0xFF, 0xD9];
        Assert.Contains("scans", Assert.Throws<ImageException>(() => Decode(trap)).Message, StringComparison.Ordinal);
    }

    private static RgbImage Decode(byte[] file, DecodeOptions? options = null) => ImageDecoder.Decode(file, "odd.bin", options ?? DecodeOptions.Default);
}
