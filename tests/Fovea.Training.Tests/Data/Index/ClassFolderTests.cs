using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Index;

public sealed class ClassFolderTests : IDisposable
{
    private readonly PictureTree _data = new(), _home = new();

    public ClassFolderTests()
    {
        foreach ((string name, byte red) in (ReadOnlySpan<(string, byte)>)[("one/dog/a.png", 1), ("one/cat/deep/b.png", 2), ("two/ant/c.png", 3), ("two/dog/d.png", 4)]) _data.Add(name, Samples.Png(red));
    }

    public void Dispose()
    {
        _data.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Folders_are_no_labels_unless_asked()
    {
        using IndexedPictures pictures = Samples.Open(Samples.Options(_home), _data["one"]);
        Assert.Equal(["cat/deep/b.png=2 []", "dog/a.png=1 []"], Samples.Texts(pictures));
        Assert.Empty(pictures.Index.Classes);
    }

    [Fact]
    public void Folder_below_the_source_is_the_class_and_classes_are_numbered_by_name()
    {
        using IndexedPictures pictures = Samples.Open(Options, _data["one"]);
        Assert.Equal(["cat/deep/b.png=2 [0]", "dog/a.png=1 [1]"], Samples.Texts(pictures));
        Assert.Equal(["cat", "dog"], pictures.Index.Classes);
    }

    [Fact]
    public void Several_sources_share_their_classes()
    {
        using IndexedPictures pictures = Samples.Open(Options, _data["one"], _data["two"]);
        Assert.Equal(["ant", "cat", "dog"], pictures.Index.Classes);
        Assert.Equal([1, 2, 0, 2], Enumerable.Range(0, 4).Select(sample => pictures.LabelOf(sample)!.Value));
    }

    [Fact]
    public void Given_classes_keep_their_labels_and_others_are_refused()
    {
        using IndexedPictures pictures = Samples.Open(Options with { Classes = ["dog", "fox", "cat"] }, _data["one"]);
        Assert.Equal([2, 0], Enumerable.Range(0, 2).Select(sample => pictures.LabelOf(sample)!.Value));
        Assert.Equal(
            "ant/c.png: its folder 'ant' is none of the 3 classes (dog, fox, cat); rename the folder or leave it out.",
            Assert.Throws<TrainingDataException>(() => Samples.Open(Options with { Classes = ["dog", "fox", "cat"] }, _data["two"])).Message);
    }

    [Fact]
    public void Picture_in_no_class_folder_is_refused()
    {
        _data.Add("one/loose.png", Samples.Png(9));
        Assert.Equal(
            "loose.png: lies in no class folder; labels are the names of the folders right below the source: put it into one, or leave the labels out.",
            Assert.Throws<TrainingDataException>(() => Samples.Open(Options, _data["one"])).Message);
    }

    private IndexOptions Options => Samples.Options(_home) with { LabelsFolders = true };
}
