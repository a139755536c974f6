using System.Formats.Tar;
using System.Text;
using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Archives that are cut, changed or made to hurt: good pictures come out, then one refusal, and memory stays small.</summary>
public class DamagedArchiveTests
{
    private static readonly string LongName = string.Concat(Enumerable.Repeat("folder/", 30)) + "3";

    private static readonly byte[] Small = [.. Tar.Of(("0.jpg", "zero"), ("0.cls", "0"), ("1.jpg", "one"))[..^1024], .. Tar.Of(TarEntryFormat.Pax, (LongName + ".png", "three"))];

    [Fact]
    public void Cut_archive_gives_the_pictures_before_the_cut_and_then_a_refusal()
    {
        using PictureTree tree = new();
        ImageSource source = ImageSource.Archive(tree.Add("a.tar", Small));
        using FileStream file = new(tree["a.tar"], FileMode.Open, FileAccess.Write, FileShare.Read);
        for (int length = Small.Length - Tar.End.Length; length >= 0; length--)
        {
            file.SetLength(length);
            (List<EncodedImage> pictures, ImageException? refusal) = source.ReadToEnd();
            Assert.True(refusal is not null, $"an archive of {length} bytes passes for a whole one");
            CheckGood(pictures);
            // Header and one block each: a picture is there once its content is.
            Assert.Equal((length >= 512 + 4 ? 1 : 0) + (length >= 5 * 512 + 3 ? 1 : 0), pictures.Count(picture => picture.Name.Length == "a.tar/0".Length));
        }
    }

    [Fact]
    public void Changed_bit_gives_pictures_or_a_refusal()
    {
        using PictureTree tree = new();
        foreach (byte[] whole in new[] { Small, Tar.Gzip(Small) })
        {
            ImageSource source = ImageSource.Archive(tree.Add("a.tar", whole));
            using FileStream file = new(tree["a.tar"], FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            for (int position = 0; position < whole.Length; position++)
            {
                RandomAccess.Write(file.SafeFileHandle, [(byte)(whole[position] ^ 1 << position % 8)], position);
                Exception? outcome = Record.Exception(() => source.ReadToEnd().Pictures.ForEach(ReadOrBeRefused));
                Assert.True(outcome is null, $"byte {position}: {outcome}");
                RandomAccess.Write(file.SafeFileHandle, [whole[position]], position);
            }
        }
    }

    [Fact]
    public void Cut_compressed_archive_gives_good_pictures_and_then_a_refusal()
    {
        byte[] whole = Tar.Gzip(Small);
        using PictureTree tree = new();
        for (int length = 0; length < whole.Length; length++)
        {
            (List<EncodedImage> pictures, ImageException? refusal) = ImageSource.Archive(tree.Add("a.tgz", whole[..length])).ReadToEnd();
            // When only compressed zeros of the end and the checksum behind them are cut, nothing is missing.
            Assert.True(refusal is not null || pictures.Count == 3, $"an archive of {length} bytes passes for a whole one");
            CheckGood(pictures);
        }
    }

    [Fact]
    public void Wrong_checksum_of_a_compressed_archive_is_refused()
    {
        byte[] changed = Tar.Gzip(Small);
        changed[^6] ^= 1;
        using PictureTree tree = new();
        Assert.Contains("a.tar.gz at byte 0: cannot be read", End(tree.Add("a.tar.gz", changed)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "says that 9,223,372,036,854,775,807 bytes follow")]
    [InlineData(new byte[] { 0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0 }, "size is no number")]
    [InlineData(new byte[] { 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "size is no number")]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "size is no number")]
    [InlineData(new byte[] { 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37 }, "says that 68,719,476,735 bytes follow")]
    [InlineData(new byte[] { 0x2D, 0x31, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "size is no number")]
    public void Absurd_size_is_refused(byte[] size, string reason)
    {
        foreach (char type in "0xLg")
        {
            using PictureTree tree = new();
            byte[] archive = [.. Tar.Header("0.jpg", '0', 1), .. Tar.Padded("a"), .. Tar.Header("1.jpg", type, size), .. Tar.Padded("b"), .. Tar.End];
            (List<EncodedImage> pictures, ImageException? refusal) = ImageSource.Archive(tree.Add("a.tar", archive)).ReadToEnd();
            Assert.Equal("a.tar/0", Assert.Single(pictures).Name);
            Assert.True(refusal!.Message.Contains(reason, StringComparison.Ordinal) || refusal.Message.Contains("name or PAX header of", StringComparison.Ordinal), $"{type}: {refusal.Message}");
            Assert.DoesNotContain("  ", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Absurd_size_in_a_compressed_archive_allocates_no_more_than_has_come()
    {
        using PictureTree tree = new();
        byte[] archive = [.. Tar.Header("0.jpg", '0', EncodedImage.LargestBytes), .. new byte[3 << 20]];
        ImageSource source = ImageSource.Archive(tree.Add("a.tgz", Tar.Gzip(archive)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        (List<EncodedImage> pictures, ImageException? refusal) = source.ReadToEnd();
        Assert.Empty(pictures);
        Assert.Contains("ends too early", refusal!.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 << 20);
    }

    [Fact]
    public void Member_above_the_limit_is_one_bad_picture_and_is_not_kept()
    {
        using PictureTree tree = new();
        byte[] start = Tar.Header("bomb.jpg", '0', EncodedImage.LargestBytes + 512L), rest = [.. Tar.Header("1.jpg", '0', 1), .. Tar.Padded("b"), .. Tar.End];
        using (FileStream file = File.Create(tree["a.tgz"]))
        using (System.IO.Compression.GZipStream gzip = new(file, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(start);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < EncodedImage.LargestBytes >> 20; i++) gzip.Write(zeros);
            gzip.Write(zeros.AsSpan(0, 512));
            gzip.Write(rest);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        (List<EncodedImage> pictures, ImageException? refusal) = ImageSource.Archive(tree["a.tgz"]).ReadToEnd();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Null(refusal);
        Assert.Equal(["a.tgz/bomb", "a.tgz/1"], pictures.Select(picture => picture.Name));
        Assert.Contains("a picture may have 268,435,456", SourceReading.Refusal(() => pictures[0].Read()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5 a=b\n")]
    [InlineData("7 a=b\n")]
    [InlineData("6 ab\n\n")]
    [InlineData("-6 a=b\n")]
    [InlineData("99999999999999999999 a=b\n")]
    [InlineData("11 size=-1\n")]
    [InlineData("11 size=1x\n")]
    [InlineData("2 ")]
    [InlineData("x")]
    public void Damaged_pax_header_is_refused(string records)
    {
        using PictureTree tree = new();
        byte[] archive = [.. Tar.Header("pax", 'x', Encoding.UTF8.GetByteCount(records)), .. Tar.Padded(records), .. Tar.Header("1.jpg", '0', 1), .. Tar.Padded("b"), .. Tar.End];
        (List<EncodedImage> pictures, ImageException? refusal) = ImageSource.Archive(tree.Add("a.tar", archive)).ReadToEnd();
        Assert.Empty(pictures);
        Assert.Contains("PAX header that cannot be read", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_is_refused_by_its_path()
    {
        using PictureTree tree = new();
        Assert.Contains("is no tar archive, plain or gzip-compressed", End(tree.Add("page.tar", [.. "<html>"u8])), StringComparison.Ordinal);
        Assert.Contains("is empty", End(tree.Add("empty.tar", [])), StringComparison.Ordinal);
        Assert.Contains("cannot be read", End(tree.Add("gzip.tar", [0x1F, 0x8B, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("ends too early", End(tree.Add("short.tgz", Tar.Gzip([1, 2, 3]))), StringComparison.Ordinal);
    }

    private static string End(string path) => ImageSource.Archive(path).ReadToEnd().End!.Message;

    private static void ReadOrBeRefused(EncodedImage picture)
    {
        if (Record.Exception(() => picture.Read()) is { } refusal) Assert.IsType<ImageException>(refusal);
    }

    private static void CheckGood(List<EncodedImage> pictures)
    {
        foreach (EncodedImage picture in pictures)
        {
            string expected = picture.Name["a.tar/".Length..] switch { "0" => "zero", "1" => "one", var other => other == LongName ? "three" : $"no picture {other}" };
            Assert.Equal(expected, picture.Text());
        }
    }
}
