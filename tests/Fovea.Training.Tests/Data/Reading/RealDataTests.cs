using Fovea.Tests;
using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;
using Fovea.Training.Tests.Data.Index;

namespace Fovea.Training.Tests.Data.Reading;

/// <summary>Real photographs, in the folder FOVEA_DATA.</summary>
[Trait("Category", "Data")]
public class RealDataTests
{
    [Theory]
    [InlineData("caltech101/_info.json#train+extra", 8071)]
    [InlineData("caltech101/_info.json", 1515)]
    [InlineData("cifar10/_info.json", 50_000)]
    [InlineData("camvid/_info.json", 367)]
    public void Index_holds_all_pictures_and_the_info_says_so(string source, int count)
    {
        using PictureTree home = new();
        using IndexedPictures pictures = Open(home, source);
        Assert.Equal(count, pictures.Count);
        Assert.Empty(pictures.Index.Remarks);
    }

    [Fact]
    public void Classes_of_cifar10_are_as_frequent_as_it_says()
    {
        using PictureTree home = new();
        using IndexedPictures pictures = Open(home, "cifar10/_info.json");
        Assert.All(Enumerable.Range(0, pictures.Count).CountBy(sample => pictures.LabelOf(sample)!.Value), label => Assert.Equal(5000, label.Value));
        Assert.Equal("cifar10-train-03.tar.gz/017345", pictures.NameOf(17_345));
    }

    [Fact]
    public void Batches_of_photographs_are_the_same_for_one_worker_and_for_eight()
    {
        using PictureTree home = new();
        using IndexedPictures pictures = Open(home, "caltech101/_info.json");
        BatchLoaderOptions options = new() { Seed = 3, BatchSize = 16, Augmentation = AugmentationRecipe.Birder(ImageSize.Square(96), level: 7) };
        float[][] one = Pixels(new BatchLoader(pictures, options with { Workers = 1 })), eight = Pixels(new BatchLoader(pictures, options with { Workers = 8, CacheBytes = 0 }));
        Assert.Equal(one, eight);
        Assert.All(one, batch => Assert.All(batch, value => Assert.InRange(value, -3, 3)));
    }

    private static float[][] Pixels(BatchLoader loader) => [.. loader.Read().Take(4).Select(batch => batch.Pixels)];

    private static IndexedPictures Open(PictureTree home, string source) => Samples.Open(Samples.Options(home), TestFolders.Data(source.Split('/')[0]) + source[source.IndexOf('/', StringComparison.Ordinal)..]);
}
