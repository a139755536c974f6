using DrawImages;

namespace Fovea.Tests.Samples;

/// <summary>The pictures of `samples/images` are what `samples/DrawImages` draws, and nothing else.</summary>
public class DrawnPictureTests
{
    private static readonly string Folder = TestFolders.InRepository("samples", "images");

    public static TheoryData<string> Pictures => [.. Gallery.Pictures.Select(picture => picture.FileName)];

    [Fact]
    public void Folder_holds_the_gallery_and_its_description() =>
        Assert.Equal(
            Gallery.Pictures.Select(picture => picture.FileName).Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Pictures))]
    public void Drawing_again_gives_the_same_bytes(string fileName)
    {
        byte[] committed = File.ReadAllBytes(Path.Combine(Folder, fileName));
        byte[] drawn = Gallery.Pictures.Single(picture => picture.FileName == fileName).Draw();
        int same = drawn.AsSpan().CommonPrefixLength(committed);
        Assert.True(
            drawn.AsSpan().SequenceEqual(committed),
            $"{fileName}: {committed.Length} bytes are committed and {drawn.Length} drawn, equal up to byte {same}; " +
            "if the change is meant, run samples/DrawImages and commit the picture.");
    }
}
