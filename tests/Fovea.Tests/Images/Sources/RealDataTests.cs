using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Real data sets: every picture is found, named and labelled.</summary>
[Trait("Category", "Data")]
public class RealDataTests
{
    [Fact]
    public void Cifar10_has_sixty_thousand_labelled_pictures_in_two_splits()
    {
        ImageSource source = ImageSource.Parse(Path.Combine(TestFolders.Data("cifar10"), "_info.json"));
        int count = 0;
        HashSet<string> names = [];
        foreach (EncodedImage picture in source.Pictures)
        {
            count++;
            Assert.InRange(picture.Label!.Value, 0, 9);
            Assert.True(IsJpeg(picture), picture.Name);
            names.Add(picture.Name);
        }
        Assert.Equal((60_000, 60_000), (count, names.Count));
        Assert.Equal(60_000, source.KnownCount);
        Assert.Contains("cifar10-test-00.tar.gz/000000", names);
    }

    [Theory]
    [InlineData("caltech101", "train", true)]
    [InlineData("caltech101", "train+val+test+extra", true)]
    [InlineData("bccd", "train+val+test", false)]
    [InlineData("coco_mini", "train+val", false)]
    [InlineData("camvid", "train+val+test", false)]
    public void Number_of_pictures_is_that_of_the_info(string set, string splits, bool isLabelled)
    {
        ImageSource source = ImageSource.Parse(Path.Combine(TestFolders.Data(set), $"_info.json#{splits}"));
        EncodedImage[] pictures = [.. source.Pictures];
        Assert.Equal(source.KnownCount, pictures.Length);
        // camvid has a PNG mask beside each JPEG: the JPEG is the picture.
        Assert.All(pictures, picture => Assert.True(IsJpeg(picture) && picture.Label is not null == isLabelled, picture.Name));
    }

    [Fact]
    public void Archive_is_named_alone_as_well()
    {
        string[] names = ImageSource.Parse(Path.Combine(TestFolders.Data("bccd"), "bccd-test-00.tar.gz")).PictureNames;
        Assert.Equal(72, names.Length);
        Assert.All(names, name => Assert.StartsWith("bccd-test-00.tar.gz/", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_odd_file_with_the_extension_of_a_picture_comes_out_with_its_bytes()
    {
        string folder = TestFolders.Data("odd_images");
        JsonArray files = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!["files"]!.AsArray();
        string[] expected = [.. files.Where(file => NameRules.IsPicture((string)file!["name"]!)).Select(file => (string)file!["sha256"]!)];
        EncodedImage[] pictures = [.. ImageSource.Parse(Path.Combine(folder, "odd_images.tar")).Pictures];
        Assert.Equal(expected, pictures.Select(picture => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture.Read().Span))));
        Assert.Equal(pictures.Length, pictures.Select(picture => picture.Name).Distinct().Count());
    }

    private static bool IsJpeg(EncodedImage picture) => picture.Read().Span.StartsWith([(byte)0xFF, (byte)0xD8, (byte)0xFF]);
}
