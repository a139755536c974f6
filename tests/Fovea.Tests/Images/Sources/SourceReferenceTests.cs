using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>`PATH[#split[+split]][@factor]`.</summary>
public class SourceReferenceTests
{
    [Theory]
    [InlineData("a/_info.json", "a/_info.json", "", null)]
    [InlineData("a/_info.json#train", "a/_info.json", "train", null)]
    [InlineData("a/_info.json#train+extra@2", "a/_info.json", "train extra", 2.0)]
    [InlineData("photos@0.5", "photos", "", 0.5)]
    [InlineData("photos@0", "photos", "", 0.0)]
    [InlineData("mail@home.jpg", "mail@home.jpg", "", null)]
    [InlineData("a#b#c", "a#b", "c", null)]
    [InlineData("photos@nan", "photos@nan", "", null)]
    public void Text_is_taken_apart(string text, string path, string splits, double? factor)
    {
        SourceReference reference = SourceReference.Parse(text);
        Assert.Equal((path, splits, factor), (reference.Path, string.Join(' ', reference.Splits), reference.Factor));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#train")]
    [InlineData("@2")]
    [InlineData("a#")]
    [InlineData("a#train+")]
    [InlineData("a#+")]
    [InlineData("a@-1")]
    public void Text_without_a_meaning_is_refused(string text) => Assert.Throws<FormatException>(() => SourceReference.Parse(text));

    [Theory]
    [InlineData("x#y@3", "x#y@3", "", null)]
    [InlineData("x#y@3@2", "x#y@3", "", 2.0)]
    [InlineData("x#y@3#train", "x#y@3", "train", null)]
    [InlineData("x#y@3#train@4", "x#y@3", "train", 4.0)]
    public void Path_that_exists_wins(string text, string path, string splits, double? factor)
    {
        using PictureTree tree = new("x#y@3");
        SourceReference reference = SourceReference.Parse(tree[text]);
        Assert.Equal((tree[path], splits, factor), (reference.Path, string.Join(' ', reference.Splits), reference.Factor));
    }
}
