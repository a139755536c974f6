using System.Text;

namespace Fovea.Tests.Images.Sources;

/// <summary>`_info.json`: splits, archives and their names.</summary>
public class DatasetTests
{
    private const string Info = """
        {"name": "d", "later": [1], "splits": {
          "val":   {"name": "val", "filenames": ["d-val-0.tar"], "shard_lengths": [1], "num_samples": 1},
          "train": {"name": "train", "filenames": ["d-train-0.tar.gz", "sub/d-train-1.tar"], "num_samples": 2}}}
        """;

    [Fact]
    public void All_splits_come_in_the_order_of_the_file()
    {
        using PictureTree tree = Dataset();
        ImageSource source = ImageSource.Dataset(tree["_info.json"]);
        Assert.Equal(["d-val-0.tar/v", "d-train-0.tar.gz/t", "sub/d-train-1.tar/u"], source.PictureNames);
        Assert.Equal([0L, 1L, null], source.Pictures.Select(picture => picture.Label));
        Assert.Equal(3, source.KnownCount);
    }

    [Fact]
    public void Named_splits_come_in_the_order_given()
    {
        using PictureTree tree = Dataset();
        Assert.Equal(["d-train-0.tar.gz/t", "sub/d-train-1.tar/u"], ImageSource.Dataset(tree["_info.json"], "train").PictureNames);
        Assert.Equal(["d-train-0.tar.gz/t", "sub/d-train-1.tar/u", "d-val-0.tar/v"], ImageSource.Dataset(tree["_info.json"], "train", "val").PictureNames);
    }

    [Fact]
    public void Unknown_split_is_refused_with_those_that_there_are()
    {
        using PictureTree tree = Dataset();
        Assert.EndsWith("_info.json: has no split 'tain'; it has val, train.", SourceReading.Refusal(() => ImageSource.Dataset(tree["_info.json"], "tain")), StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_archive_is_refused_before_anything_is_read()
    {
        using PictureTree tree = Dataset();
        File.Delete(tree["sub/d-train-1.tar"]);
        Assert.Contains("names the archive 'sub/d-train-1.tar', which is not there", SourceReading.Refusal(() => ImageSource.Dataset(tree["_info.json"])), StringComparison.Ordinal);
        Assert.Equal(["d-val-0.tar/v"], ImageSource.Dataset(tree["_info.json"], "val").PictureNames);
    }

    [Theory]
    [InlineData("\"two\"")]
    [InlineData("-2")]
    [InlineData("2.5")]
    [InlineData("9223372036854775807")]
    public void Number_of_samples_that_cannot_be_leaves_the_count_open(string samples)
    {
        using PictureTree tree = Dataset(Info.Replace("\"num_samples\": 2", $"\"num_samples\": {samples}", StringComparison.Ordinal));
        Assert.Null(ImageSource.Dataset(tree["_info.json"]).KnownCount);
        Assert.Equal(1, ImageSource.Dataset(tree["_info.json"], "val").KnownCount);
    }

    [Fact]
    public void Absolute_name_of_an_archive_is_taken_as_it_is()
    {
        using PictureTree tree = Dataset(), other = new();
        string path = other.Add("far.tar", Tar.Of(("f.jpg", "f")));
        tree.Add("_info.json", Encoding.UTF8.GetBytes(Info.Replace("d-val-0.tar", path, StringComparison.Ordinal)));
        Assert.Equal([$"{path}/f"], ImageSource.Dataset(tree["_info.json"], "val").PictureNames);
    }

    [Theory]
    [InlineData("", "is no valid JSON")]
    [InlineData("[1, 2", "is no valid JSON")]
    [InlineData("[]", "has no object 'splits'")]
    [InlineData("""{"splits": []}""", "has no object 'splits'")]
    [InlineData("""{"splits": {"a": 1}}""", "has no list 'filenames' of texts in its split 'a'")]
    [InlineData("""{"splits": {"a": {"filenames": [1]}}}""", "has no list 'filenames' of texts in its split 'a'")]
    [InlineData("""{"splits": {"a": {"filenames": ["https://example.org/a.tar"]}}}""", "on the web; download it")]
    [InlineData("""{"splits": {"a": {"filenames": ["\ud800"]}}}""", "is no valid JSON")]
    public void Damaged_file_is_refused(string content, string reason)
    {
        using PictureTree tree = Dataset(content);
        Assert.Contains(reason, SourceReading.Refusal(() => ImageSource.Dataset(tree["_info.json"])), StringComparison.Ordinal);
    }

    private static PictureTree Dataset(string info = Info)
    {
        PictureTree tree = new();
        tree.Add("_info.json", Encoding.UTF8.GetBytes(info));
        tree.Add("d-val-0.tar", Tar.Of(("v.jpg", "v"), ("v.cls", "0")));
        tree.Add("d-train-0.tar.gz", Tar.Gzip(Tar.Of(("t.jpg", "t"), ("t.cls", "1"))));
        tree.Add("sub/d-train-1.tar", Tar.Of(("u.jpg", "u")));
        return tree;
    }
}
