using System.Text;
using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Index;

public sealed class SampleIndexTests : IDisposable
{
    private readonly PictureTree _data = new(), _home = new();

    public void Dispose()
    {
        _data.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Samples_of_an_info_come_in_the_order_of_its_archives_with_labels()
    {
        WriteInfo(said: 4);
        using IndexedPictures pictures = Open(_data["_info.json"]);
        Assert.Equal(["a.tar/000001=1 [1]", "a.tar/000012=12 [2]", "sub/b.tar/000023=23 [3]", "sub/b.tar/000034=34 [4]"], Samples.Texts(pictures));
        Assert.Empty(pictures.Index.Remarks);
    }

    [Fact]
    public void Number_of_pictures_that_an_info_says_wrongly_is_remarked()
    {
        WriteInfo(said: 5);
        using IndexedPictures pictures = Open(_data["_info.json"]);
        Assert.Equal($"{_data["_info.json"]}#train says that it has 5 pictures, and its archives hold 4; pack it again if that is not meant.", Assert.Single(pictures.Index.Remarks));
    }

    [Fact]
    public void Folders_globs_and_files_are_read_in_ordinal_order()
    {
        foreach ((string name, byte red) in (ReadOnlySpan<(string, byte)>)[("p/b.png", 2), ("p/a/x.png", 1), ("p/note.txt", 0), ("p/c.tar", 0)]) _data.Add(name, Samples.Png(red));
        _data.Add("p/c.tar", Samples.Archive(5));
        using IndexedPictures folder = Open(_data["p"]), glob = Open(_data["p/*.*[gr]"]), file = Open(_data["p/b.png"]);
        Assert.Equal(["a/x.png=1 []", "b.png=2 []"], Samples.Texts(folder));
        Assert.Equal(["b.png=2 []", "c.tar/000005=5 [5]"], Samples.Texts(glob));
        Assert.Equal([$"{_data["p/b.png"]}=2 []"], Samples.Texts(file));
    }

    [Fact]
    public void Sources_follow_one_another_with_their_factors()
    {
        _data.Add("a.tar", Samples.Archive(1, 2, 3));
        _data.Add("p/b.png", Samples.Png(9));
        using IndexedPictures pictures = Open($"{_data["a.tar"]}@1.5", _data["p"], $"{_data["a.tar"]}@0");
        Assert.Equal([(0, 3, 1.5, 5L), (3, 1, 1.0, 1L), (4, 3, 0.0, 0L)], pictures.Sources.Select(source => (source.First, source.Pictures, source.Factor, source.PerEpoch)));
        Assert.Equal($"{_data["a.tar"]}@1.5: 3 pictures, 5 an epoch", pictures.Sources[0].ToString());
        Assert.EndsWith("/p/b.png", pictures.NameOf(3), StringComparison.Ordinal);
        Assert.Equal(7, pictures.Count);
    }

    [Fact]
    public void Every_picture_of_folders_and_archives_comes_exactly_once_in_an_epoch()
    {
        _data.Add("a.tar", Samples.Archive([.. Enumerable.Range(0, 40).Select(red => (byte)red)]));
        for (byte red = 40; red < 60; red++) _data.Add($"p/{red}.png", Samples.Png(red));
        using IndexedPictures pictures = Open(_data["a.tar"], _data["p"]);
        BatchLoader loader = new(pictures, new() { Seed = 1, BatchSize = 10, Augmentation = AugmentationRecipe.Birder(ImageSize.Square(1), level: 0) with { Channels = ChannelStatistics.Neutral } });
        List<int> reds = [];
        foreach (TrainingBatch batch in loader.Read().Take(6)) reds.AddRange(Enumerable.Range(0, 10).Select(picture => (int)Math.Round(255 * batch.Pixels[3 * picture])));
        Assert.Equal(Enumerable.Range(0, 60), reds.Order());
        Assert.NotEqual(Enumerable.Range(0, 60), reds);
    }

    [Fact]
    public void What_is_known_to_be_bad_is_a_broken_sample_with_its_reason()
    {
        _data.Add("a.tar", Samples.Archive(("0.cls", "1"u8.ToArray()), ("1.png", Samples.Png(1)), ("1.cls", "cat"u8.ToArray()), ("2.png", Samples.Png(2)), ("2.cls", "-7"u8.ToArray()), ("3.png", []), ("4.PNG", Samples.Png(4)), ("4.cls", "-1"u8.ToArray())));
        using IndexedPictures pictures = Open(_data["a.tar"]);
        Assert.Equal(
            [
                "a.tar/0: has a label but no picture (jpeg jpg png webp).",
                "a.tar/1: has the label 'cat', which is no whole number.",
                "a.tar/2: has the label -7, which is no class index; pack it with one from 0 on.",
                "a.tar/3: is empty; copy or download it again.",
                "a.tar/4=4 []",
            ], Samples.Texts(pictures));
    }

    [Fact]
    public void File_that_disappeared_or_was_cut_is_a_broken_sample()
    {
        _data.Add("p/a.png", Samples.Png(1));
        _data.Add("p/b.png", Samples.Png(2));
        _data.Add("c.tar", Samples.Archive(3));
        using IndexedPictures folder = Open(_data["p"]), archive = Open(_data["c.tar"]);
        File.Delete(_data["p/a.png"]);
        File.WriteAllBytes(_data["p/b.png"], []);
        using (FileStream file = File.OpenWrite(_data["c.tar"])) file.SetLength(1600);
        Assert.Equal(["a.png: there is no such file or folder; check the path.", "b.png: is empty or no regular file; copy it again."], Samples.Texts(folder));
        Assert.Equal(["c.tar/000003: ends before its last pixel; copy or download it again."], Samples.Texts(archive));
    }

    [Fact]
    public void Damaged_archive_is_refused_by_name_and_the_first_of_several()
    {
        _data.Add("a.tar", Samples.Archive(1));
        _data.Add("b.tar", Samples.Archive(2)[..^1024]);
        _data.Add("c.tar", Samples.Archive(2)[..^1024]);
        Assert.StartsWith($"{_data["b.tar"]}: ends too early", Assert.Throws<ImageException>(() => Open(_data["*.tar"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_without_a_picture_is_refused()
    {
        _data.Add("a.tar", Tar.Of(("notes.txt", "x")));
        Assert.Equal($"{_data["a.tar"]}: holds no picture; name data that do.", Assert.Throws<TrainingDataException>(() => Open(_data["a.tar"])).Message);
    }

    [Fact]
    public void Given_cancellation_When_archives_are_scanned_Then_it_ends()
    {
        _data.Add("a.tar", Samples.Archive(1));
        Assert.ThrowsAny<OperationCanceledException>(() => SampleIndex.Build(DataSource.Parse([_data["a.tar"]], SourceUse.All), Samples.Options(_home), new CancellationToken(canceled: true)));
    }

    private IndexedPictures Open(params string[] arguments) => Samples.Open(Samples.Options(_home), arguments);

    private void WriteInfo(int said)
    {
        _data.Add("a.tar", Samples.Archive(1, 12));
        _data.Add("sub/b.tar", Samples.Archive(23, 34));
        _data.Add("_info.json", Encoding.UTF8.GetBytes("{\"splits\": {\"train\": {\"filenames\": [\"a.tar\", \"sub/b.tar\"], \"num_samples\": " + said + "}}}"));
    }
}
