namespace Fovea.Tests.Insight;

public class ObjectDiscoveryTests
{
    private const int Patch = 16, Width = 8;
    private static readonly PatchGrid Grid = new(10, 12);
    private static readonly ImageSize Size = new(Grid.Rows * Patch, Grid.Columns * Patch);

    [Theory]
    [InlineData(1, 1, 3, 4)]
    [InlineData(4, 6, 3, 4)]
    [InlineData(6, 2, 2, 2)]
    public void Box_lies_around_an_object_wherever_it_is(int top, int left, int rows, int columns)
    {
        DiscoveredObject found = Find(WithObject(top, left, rows, columns));
        Assert.Equal(new PixelBox(left * Patch, top * Patch, (left + columns) * Patch, (top + rows) * Patch), found.Box);
        Assert.Equal(rows * columns, found.Component.Count(isObject => isObject));
    }

    [Fact]
    public void Shifted_object_shifts_its_box()
    {
        PixelBox box = Find(WithObject(2, 2, 3, 3)).Box;
        for (int rows = 0; rows <= 4; rows++)
        {
            for (int columns = 0; columns <= 6; columns++)
            {
                PixelBox shifted = new(box.Left + columns * Patch, box.Top + rows * Patch, box.Right + columns * Patch, box.Bottom + rows * Patch);
                Assert.Equal(shifted, Find(WithObject(2 + rows, 2 + columns, 3, 3)).Box);
            }
        }
    }

    [Fact]
    public void Scaling_all_features_changes_nothing()
    {
        float[] features = WithObject(3, 4, 2, 5);
        DiscoveredObject found = Find(features), scaled = Find([.. features.Select(value => 37 * value)]);
        Assert.Equal(found.Box, scaled.Box);
        Assert.Equal(found.Degrees, scaled.Degrees);
    }

    [Fact]
    public void Box_ends_with_the_picture_and_not_with_its_padding()
    {
        DiscoveredObject found = ObjectDiscovery.Find(WithObject(8, 9, 2, 3), Width, Grid, Patch, new ImageSize(155, 187));
        Assert.Equal(new PixelBox(9 * Patch, 8 * Patch, 187, 155), found.Box);
    }

    [Fact]
    public void Negative_bias_that_leaves_no_expansion_gives_the_box_of_the_seed()
    {
        DiscoveredObject found = ObjectDiscovery.Find(WithObject(2, 3, 2, 2), Width, Grid, Patch, Size, new DiscoveryOptions { Bias = -1e9 });
        Assert.Empty(found.Expansion);
        Assert.Equal(0, found.Seed);
        Assert.Equal(new PixelBox(0, 0, Patch, Patch), found.Box);
        Assert.False(found.IsMeaningful);
    }

    [Fact]
    public void Automatic_bias_makes_half_of_the_similarities_positive()
    {
        float[] features = Noise(seed: 3, offset: 5);                            // every similarity is positive as it is
        Assert.True(Find(features).PositiveShare > 0.99);
        DiscoveredObject balanced = ObjectDiscovery.Find(features, Width, Grid, Patch, Size, new DiscoveryOptions { HasAutomaticBias = true });
        Assert.InRange(balanced.PositiveShare, 0.49, 0.51);
        Assert.True(balanced.IsMeaningful);
    }

    [Fact]
    public void Centring_takes_off_what_all_patches_share()
    {
        float[] features = WithObject(2, 3, 3, 3);
        float[] shifted = [.. features.Select((value, index) => value + index % Width)];
        DiscoveryOptions centred = new() { IsCentred = true };
        Assert.Equal(
            ObjectDiscovery.Find(features, Width, Grid, Patch, Size, centred).Box,
            ObjectDiscovery.Find(shifted, Width, Grid, Patch, Size, centred).Box);
    }

    [Fact]
    public void Single_patch_is_its_own_object()
    {
        DiscoveredObject found = ObjectDiscovery.Find([1, 2], 2, new PatchGrid(1, 1), Patch, new ImageSize(10, 12));
        Assert.Equal(new PixelBox(0, 0, 12, 10), found.Box);
    }

    [Fact]
    public void Wrong_numbers_are_refused_with_both_counts()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ObjectDiscovery.Find(new float[7], 2, new PatchGrid(2, 2), Patch, Size));
        Assert.Contains("7 numbers are not 4 patches of 2", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ObjectDiscovery.Find(new float[8], 2, new PatchGrid(2, 2), Patch, Size, new DiscoveryOptions { Candidates = 0 }));
    }

    private static DiscoveredObject Find(float[] features) => ObjectDiscovery.Find(features, Width, Grid, Patch, Size);

    // Background patches point one way, those of the object another; both a little apart among themselves.
    private static float[] WithObject(int top, int left, int rows, int columns)
    {
        float[] features = new float[Grid.Patches * Width];
        for (int patch = 0; patch < Grid.Patches; patch++)
        {
            int row = patch / Grid.Columns - top, column = patch % Grid.Columns - left;
            bool isObject = row >= 0 && row < rows && column >= 0 && column < columns;
            for (int index = 0; index < Width; index++) features[patch * Width + index] = (isObject ? index < Width / 2 ? 1 : -2 : index < Width / 2 ? -0.5f : 1) + 0.01f * ((row + column + index) % 3);
        }
        return features;
    }

    private static float[] Noise(int seed, float offset)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Grid.Patches * Width).Select(_ => (float)(offset + random.NextDouble()))];
    }
}
