using System.Formats.Tar;
using System.Text;
using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Archives that are whole: which members are pictures, and under which names and labels.</summary>
public class ArchiveTests
{
    [Fact]
    public void Sample_is_named_by_archive_and_key_and_labelled() =>
        Check([("000.jpg", "j0"), ("000.cls", "7"), ("sub/001.cls", " 12\n"), ("sub/001.WEBP", "w1")], "a.tar/000=j0 [7]", "a.tar/sub/001=w1 [12]");

    [Fact]
    public void Sample_without_a_label_has_none() => Check([("000.png", "p"), ("001.jpeg", "j")], "a.tar/000=p []", "a.tar/001=j []");

    [Fact]
    public void Other_fields_of_a_sample_are_passed_over() => Check([("000.jpg", "j"), ("000.json", "{}"), ("000.xml", "<a/>")], "a.tar/000=j []");

    [Theory]
    [InlineData("jpg", "png")]
    [InlineData("png", "jpg")]
    [InlineData("jpeg", "png")]
    public void Jpeg_and_png_of_one_key_are_a_picture_and_its_mask(string first, string second) =>
        Check([($"0.{first}", first), ($"0.{second}", second)], $"a.tar/0={(first == "png" ? second : first)} []");

    [Fact]
    public void Label_makes_a_sample_of_several_pictures() =>
        Check([("0.webp", "w"), ("0.jpg", "j"), ("0.seg.png", "s"), ("0.cls", "1")], "a.tar/0=j [1]");

    [Fact]
    public void Several_pictures_without_a_label_are_separate_ones() =>
        Check([("h.gif", "g"), ("h.jpg", "j"), ("h.webp", "w")], "a.tar/h.gif=g []", "a.tar/h.jpg=j []", "a.tar/h.webp=w []");

    [Fact]
    public void Plain_picture_keeps_its_whole_name() =>
        Check([("d/IMG.2019.07.gif", "g"), ("d/b.bmp", "b"), ("README", "r"), ("d/x.txt", "t")], "a.tar/d/IMG.2019.07.gif=g []", "a.tar/d/b.bmp=b []");

    [Fact]
    public void Series_under_one_key_is_given_out_picture_by_picture()
    {
        (string, string)[] frames = [.. Enumerable.Range(0, 100).Select(i => ($"frame.{i:d4}.png", $"{i}"))];
        Check([.. frames, ("last.png", "l")], [.. frames.Select(frame => $"a.tar/{frame.Item1}={frame.Item2} []"), "a.tar/last=l []"]);
    }

    [Fact]
    public void Hidden_members_and_notes_are_passed_over() =>
        Check([("./a.jpg", "a"), ("__notes.jpg__", "n"), ("./a.cls", "3"), ("._a.jpg", "fork"), ("/b.jpg", "b")], "a.tar/a=a [3]", "a.tar/b=b []");

    [Theory]
    [InlineData("cat", "has the label 'cat', which is no whole number")]
    [InlineData("99999999999999999999", "which is no whole number")]
    [InlineData("", "which is no whole number")]
    public void Malformed_label_makes_that_picture_bad_and_no_other(string label, string reason)
    {
        using PictureTree tree = new();
        tree.Add("a.tar", Tar.Of(("0.jpg", "j"), ("0.cls", label), ("1.jpg", "k"), ("1.cls", "5")));
        EncodedImage[] pictures = [.. ImageSource.Archive(tree["a.tar"]).Pictures];
        Assert.Contains($"a.tar/0: ", SourceReading.Refusal(() => pictures[0].Read()), StringComparison.Ordinal);
        Assert.Contains(reason, SourceReading.Refusal(() => pictures[0].Read()), StringComparison.Ordinal);
        Assert.Equal(("k", 5L), (pictures[1].Text(), pictures[1].Label));
    }

    [Fact]
    public void Label_without_a_picture_is_a_bad_picture()
    {
        using PictureTree tree = new();
        tree.Add("a.tar", Tar.Of(("0.cls", "1"), ("1.jpg", "j")));
        EncodedImage[] pictures = [.. ImageSource.Archive(tree["a.tar"]).Pictures];
        Assert.Equal("a.tar/0: has a label but no picture (jpeg jpg png webp).", SourceReading.Refusal(() => pictures[0].Read()));
        Assert.Equal("j", pictures[1].Text());
    }

    [Theory]
    [InlineData(TarEntryFormat.V7, 1)]
    [InlineData(TarEntryFormat.Ustar, 8)]
    [InlineData(TarEntryFormat.Gnu, 60)]
    [InlineData(TarEntryFormat.Pax, 60)]
    public void Formats_and_their_long_names_are_read(TarEntryFormat format, int folders)
    {
        string name = string.Concat(Enumerable.Repeat("einundzwanzig-zeichen/", folders)) + (format == TarEntryFormat.Pax ? "größe" : "size");
        Check(format, [(name + ".jpg", "j"), (name + ".cls", "2")], $"a.tar/{name}=j [2]");
    }

    [Fact]
    public void Compression_is_told_by_content_not_by_name()
    {
        using PictureTree tree = new();
        byte[] plain = Tar.Of(("0.jpg", "j"));
        tree.Add("plain.tar.gz", plain);
        tree.Add("packed.tar", Tar.Gzip(plain));
        Assert.Equal(["plain.tar.gz/0"], ImageSource.Archive(tree["plain.tar.gz"]).PictureNames);
        Assert.Equal(["packed.tar/0"], ImageSource.Archive(tree["packed.tar"]).PictureNames);
    }

    [Fact]
    public void Links_folders_and_devices_are_passed_over_whatever_size_they_say()
    {
        byte[] archive = [.. "123456".SelectMany(type => Tar.Header($"{type}.jpg", type, 1L << 30)), .. Tar.Header("f.jpg/", '0', 0), .. Tar.Header("x.jpg", '0', 1), .. Tar.Padded("x"), .. Tar.End];
        CheckBytes(archive, "a.tar/x=x []");
    }

    [Fact]
    public void Size_of_a_pax_header_is_the_one_that_counts()
    {
        const string Records = "9 size=3\n18 path=long.jpg \n";
        byte[] archive = [.. Tar.Header("pax", 'x', Records.Length - 1), .. Tar.Padded(Records.Replace("18", "17", StringComparison.Ordinal).Replace(" \n", "\n", StringComparison.Ordinal)), .. Tar.Header("x", '0', 1L << 32), .. Tar.Padded("abc"), .. Tar.End];
        CheckBytes(archive, "a.tar/long=abc []");
    }

    [Fact]
    public void File_with_holes_is_a_bad_picture_and_the_next_one_is_found()
    {
        byte[] sparse = Tar.Header("0.jpg", 'S', 5);
        sparse[482] = 1;
        byte[] map = new byte[Tar.Block], lastMap = new byte[Tar.Block];
        map[504] = 1;
        byte[] archive = [.. Tar.WithChecksum(sparse), .. map, .. lastMap, .. Tar.Padded("holes"), .. Tar.Header("1.jpg", '0', 1), .. Tar.Padded("x"), .. Tar.End];
        using PictureTree tree = new();
        tree.Add("a.tar", archive);
        EncodedImage[] pictures = [.. ImageSource.Archive(tree["a.tar"]).Pictures];
        Assert.Contains("pack the archive without --sparse", SourceReading.Refusal(() => pictures[0].Read()), StringComparison.Ordinal);
        Assert.Equal("x", pictures[1].Text());
    }

    [Fact]
    public void Number_of_pictures_is_unknown()
    {
        using PictureTree tree = new();
        Assert.Null(ImageSource.Archive(tree.Add("a.tar", Tar.End)).KnownCount);
        Assert.Empty(ImageSource.Archive(tree["a.tar"]).Pictures);
    }

    private static string Text(EncodedImage picture) => $"{picture.Name}={Encoding.UTF8.GetString(picture.Read().Span)} [{picture.Label}]";

    private static void Check((string, string)[] members, params string[] expected) => Check(TarEntryFormat.Ustar, members, expected);

    private static void Check(TarEntryFormat format, (string, string)[] members, params string[] expected) => CheckBytes(Tar.Of(format, members), expected);

    /// <summary>Plain and compressed, read through and listed for later: all must give the same.</summary>
    private static void CheckBytes(byte[] archive, params string[] expected)
    {
        foreach (byte[] content in new[] { archive, Tar.Gzip(archive) })
        {
            using PictureTree tree = new();
            tree.Add("a.tar", content);
            Assert.Equal(expected, ImageSource.Archive(tree["a.tar"]).Pictures.Select(Text));
            EncodedImage[] listed = [.. ArchivePictures.List(tree["a.tar"], "a.tar", CancellationToken.None)];
            Assert.Equal(expected, listed.Select(Text));
            Assert.All(listed, picture => Assert.Equal(picture.Read().ToArray(), archive.AsSpan((int)picture.Place!.Value.Offset, picture.Place.Value.Length).ToArray()));
        }
    }
}
