using System.Text;

namespace Fovea.Tests.Images.Sources;

/// <summary>What commands take as PATH.</summary>
public class ArgumentTests
{
    [Fact]
    public void Each_kind_of_path_is_told_apart()
    {
        using PictureTree tree = Tree();
        Assert.Equal([tree["1.jpg"]], ImageSource.Parse(tree["1.jpg"]).PictureNames);
        Assert.Equal(["1.jpg", "[1].jpg", "a/2.png", "a#b@2/3.jpg"], ImageSource.Parse(tree.Root).PictureNames.Order(StringComparer.Ordinal).Order(Comparer<string>.Create((x, y) => x.Length - y.Length)));
        Assert.Equal(["2.png"], ImageSource.Parse(tree["a/*"]).PictureNames);
        Assert.Equal(["s.tar/x"], ImageSource.Parse(tree["s.tar"]).PictureNames);
        Assert.Equal(["s.tar/x", "t.tgz/y"], ImageSource.Parse(tree["_info.json"]).PictureNames);
        Assert.Equal(["t.tgz/y", "s.tar/x"], ImageSource.Parse(tree["_info.json#q+p"]).PictureNames);
    }

    [Fact]
    public void Path_that_exists_wins_over_what_its_characters_mean()
    {
        using PictureTree tree = Tree();
        Assert.Equal([tree["[1].jpg"]], ImageSource.Parse(tree["[1].jpg"]).PictureNames);
        Assert.Equal(["3.jpg"], ImageSource.Parse(tree["a#b@2"]).PictureNames);
    }

    [Fact]
    public void Any_extension_is_tried_when_the_file_is_named()
    {
        using PictureTree tree = new("notes.txt");
        Assert.Equal([tree["notes.txt"]], ImageSource.Parse(tree["notes.txt"]).PictureNames);
    }

    [Fact]
    public void Several_paths_keep_their_folders_in_front_so_that_names_differ()
    {
        using PictureTree tree = Tree();
        string[] arguments = [tree["a"], tree["a#b@2/"], tree["a/2.png"], tree["a/*"], tree["s.tar"], tree["_info.json#q"]];
        string[] expected = ["a/2.png", "a#b@2/3.jpg", "a/2.png", "a/2.png", "s.tar/x", "t.tgz/y"];
        Assert.Equal(expected.Select(name => tree[name]), ImageSource.Parse(arguments).PictureNames);
    }

    [Fact]
    public void One_path_in_a_list_is_read_as_one_path()
    {
        using PictureTree tree = Tree();
        Assert.Equal(["2.png"], ImageSource.Parse([tree["a"]]).PictureNames);
        Assert.Throws<ArgumentException>(() => ImageSource.Parse([]));
    }

    [Theory]
    [InlineData("nothing.jpg", "nothing.jpg: there is no such file or folder; check the path.")]
    [InlineData("nothing/_info.json#train", "_info.json: there is no such file or folder; check the path.")]
    [InlineData("a/*.jpg", "a/*.jpg: matches no file")]
    [InlineData("a#train", "a: has no splits, so '#train' says nothing")]
    [InlineData("a/*#x", "a/*: has no splits")]
    [InlineData("_info.json#r", "has no split 'r'; it has p, q.")]
    public void Path_that_names_nothing_is_refused(string path, string reason)
    {
        using PictureTree tree = Tree();
        Assert.Contains(reason, SourceReading.Refusal(() => ImageSource.Parse(tree[path])), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_pictures_is_refused_with_what_it_has_instead()
    {
        using PictureTree tree = new("empty/notes.txt", "tars/a.tar", "set/_info.json", "set/a.tar");
        Assert.EndsWith(".avif).", SourceReading.Refusal(() => ImageSource.Parse(tree["empty"])), StringComparison.Ordinal);
        Assert.EndsWith($"; it has tar archives: name them, {tree["tars/*.tar"]}.", SourceReading.Refusal(() => ImageSource.Parse(tree["tars"])), StringComparison.Ordinal);
        Assert.EndsWith($"; its archives are listed in {tree["set/_info.json"]}: name that.", SourceReading.Refusal(() => ImageSource.Parse(tree["set"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_expected_of_archives_however_they_are_named()
    {
        using PictureTree tree = Tree();
        Assert.True(ImageSource.Parse(tree["s.tar"]).MayHaveLabels);
        Assert.True(ImageSource.Parse(tree["*.t*"]).MayHaveLabels);
        Assert.False(ImageSource.Parse(tree["*/*"]).MayHaveLabels);
        Assert.False(ImageSource.Parse(tree.Root).MayHaveLabels);
    }

    [Fact]
    public void Repeat_factor_is_refused()
    {
        using PictureTree tree = Tree();
        Assert.Contains("only training data can have", Assert.Throws<FormatException>(() => ImageSource.Parse(tree["a@2"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factories_say_when_a_path_is_of_the_other_kind()
    {
        using PictureTree tree = Tree();
        Assert.EndsWith("a: is a folder, not a file.", SourceReading.Refusal(() => ImageSource.File(tree["a"])), StringComparison.Ordinal);
        Assert.EndsWith("1.jpg: is a file, not a folder.", SourceReading.Refusal(() => ImageSource.Folder(tree["1.jpg"])), StringComparison.Ordinal);
        Assert.EndsWith("a: is a folder, not a file.", SourceReading.Refusal(() => ImageSource.Archive(tree["a"])), StringComparison.Ordinal);
    }

    private static PictureTree Tree()
    {
        PictureTree tree = new("1.jpg", "[1].jpg", "a/2.png", "a#b@2/3.jpg");
        tree.Add("s.tar", Tar.Of(("x.jpg", "x")));
        tree.Add("t.tgz", Tar.Gzip(Tar.Of(("y.jpg", "y"))));
        tree.Add("_info.json", Encoding.UTF8.GetBytes("""{"splits": {"p": {"filenames": ["s.tar"]}, "q": {"filenames": ["t.tgz"]}}}"""));
        return tree;
    }
}
