namespace Fovea.Tests;

/// <summary>What is used when nobody names a model.</summary>
public class ShippedModelTests
{
    private const long LargestFile = 12_000_000;

    [Fact]
    public void Encoder_without_a_name_is_the_one_that_ships()
    {
        using ImageEncoder encoder = ImageEncoder.Load(), named = ImageEncoder.Load(TestFolders.InRepository("models", "fovea-small.safetensors"));
        string picture = TestFolders.InRepository("samples", "images", "wood.jpg");
        float[] embedding = encoder.Embed(picture);
        Assert.Equal(named.Embed(picture), embedding);
        Assert.All(embedding, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void It_is_small_and_says_of_what_it_was_made_and_under_which_licence()
    {
        Assert.InRange(new FileInfo(TestFolders.InRepository("models", "fovea-small.safetensors")).Length, 1, LargestFile);
        using ImageEncoder encoder = ImageEncoder.Load();
        ModelOrigin origin = Assert.IsType<ModelOrigin>(encoder.Description.Origin);
        Assert.Equal("CC BY 4.0", origin.Licence);
        Assert.DoesNotContain("/", origin.Data, StringComparison.Ordinal);          // no path of the machine that trained it
    }

    [Fact]
    public void Different_pictures_have_different_embeddings()
    {
        using ImageEncoder encoder = ImageEncoder.Load();
        float[] first = encoder.Embed(TestFolders.InRepository("samples", "images", "wood.jpg")), second = encoder.Embed(TestFolders.InRepository("samples", "images", "city-night.jpg"));
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(first, second), -1, 0.9f);
    }
}
