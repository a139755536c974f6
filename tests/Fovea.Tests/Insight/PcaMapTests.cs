namespace Fovea.Tests.Insight;

public class PcaMapTests
{
    private const int Width = 24;
    private static readonly PatchGrid Grid = new(6, 7);

    [Fact]
    public void Components_are_orthonormal()
    {
        PcaMap map = PcaMap.Fit(Drawn(1), Width, Grid);
        for (int first = 0; first < PcaMap.Components; first++)
        {
            for (int second = 0; second < PcaMap.Components; second++)
            {
                double product = Dot(map.Component(first), map.Component(second));
                Assert.Equal(first == second ? 1 : 0, product, 1e-8);
            }
        }
    }

    [Fact]
    public void Components_are_eigenvectors_with_the_variances_of_their_projections()
    {
        float[] patches = Drawn(2);
        PcaMap map = PcaMap.Fit(patches, Width, Grid);
        double[] places = map.Project(patches);
        for (int component = 0; component < PcaMap.Components; component++)
        {
            double[] along = [.. places.Where((_, index) => index % 3 == component)];
            Assert.Equal(0, along.Average(), 1e-9);
            Assert.Equal(map.Deviations[component], Math.Sqrt(along.Average(value => value * value)), 1e-9);
            for (int other = 0; other < component; other++)
            {
                double[] second = [.. places.Where((_, index) => index % 3 == other)];
                Assert.Equal(0, along.Zip(second, (a, b) => a * b).Average(), 1e-9);      // uncorrelated
            }
        }
        Assert.True(map.Deviations[0] >= map.Deviations[1] && map.Deviations[1] >= map.Deviations[2]);
        Assert.InRange(map.ExplainedShares.Sum(), 0.01, 1);
    }

    [Fact]
    public void Same_picture_twice_gives_the_same_colours()
    {
        float[] patches = Drawn(3);
        PcaMap one = PcaMap.Fit(patches, Width, Grid), two = PcaMap.Fit([patches, patches], Width, Grid);
        Assert.Equal(one.Colours(patches), two.Colours(patches));
        Assert.Equal(PcaMap.Fit(patches, Width, Grid).Colours(patches), one.Colours(patches));
    }

    [Fact]
    public void Rotated_features_give_the_same_places_up_to_sign()
    {
        float[] patches = Drawn(4), rotated = Rotated(patches);
        double[] places = PcaMap.Fit(patches, Width, Grid).Project(patches), others = PcaMap.Fit(rotated, Width, Grid).Project(rotated);
        for (int component = 0; component < PcaMap.Components; component++)
        {
            int[] indices = [.. Enumerable.Range(0, Grid.Patches).Select(patch => patch * 3 + component)];
            double sign = Math.Sign(indices.Sum(index => places[index] * others[index]));
            // Rotated features are rounded to float32: 1e-7 of numbers up to 10.
            Assert.All(indices, index => Assert.Equal(places[index], sign * others[index], 1e-4));
        }
    }

    [Fact]
    public void Largest_entry_of_each_component_is_positive()
    {
        PcaMap map = PcaMap.Fit(Drawn(5), Width, Grid);
        for (int component = 0; component < PcaMap.Components; component++)
        {
            double[] entries = map.Component(component).ToArray();
            Assert.True(entries[Array.IndexOf(entries, entries.MaxBy(Math.Abs))] > 0);
        }
    }

    [Fact]
    public void Patches_that_are_left_out_of_the_fit_do_not_move_it()
    {
        float[] patches = Drawn(6), changed = (float[])patches.Clone();
        Array.Fill(changed, 1000, 5 * Width, Width);
        bool[] isUsed = [.. Enumerable.Range(0, Grid.Patches).Select(patch => patch != 5)];
        PcaMap one = PcaMap.Fit([patches], Width, Grid, [isUsed]), other = PcaMap.Fit([changed], Width, Grid, [isUsed]);
        for (int component = 0; component < PcaMap.Components; component++) Assert.Equal(one.Component(component).ToArray(), other.Component(component).ToArray());
    }

    [Fact]
    public void Foreground_is_what_touches_the_border_less()
    {
        float[] patches = new float[Grid.Patches * Width];
        for (int patch = 0; patch < Grid.Patches; patch++)
        {
            bool isObject = patch / Grid.Columns is >= 2 and <= 3 && patch % Grid.Columns is >= 2 and <= 4;
            for (int index = 0; index < Width; index++) patches[patch * Width + index] = (isObject ? 3 : -1) * (index % 2 == 0 ? 1 : -1) + 0.01f * (patch * 7 % 5);
        }
        bool[] foreground = PcaMap.Fit(patches, Width, Grid).Foreground(patches);
        Assert.Equal(6, foreground.Count(isForeground => isForeground));
        Assert.True(foreground[2 * Grid.Columns + 2]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void Pictures_of_one_or_two_patches_say_what_they_can(int rows, int columns)
    {
        PatchGrid grid = new(rows, columns);
        float[] patches = Drawn(7)[..(grid.Patches * Width)];
        PcaMap map = PcaMap.Fit(patches, Width, grid);
        Assert.All(map.ExplainedShares, share => Assert.InRange(share, 0, 1 + 1e-9));
        Assert.Equal(3 * grid.Patches, map.Colours(patches).Length);
    }

    [Fact]
    public void Tokens_narrower_than_three_numbers_have_black_components()
    {
        PcaMap map = PcaMap.Fit(new float[] { 1, 2, 3, 5 }, 1, new PatchGrid(2, 2));
        Assert.Equal([0, 0, 0, 0], map.Colours([1, 2, 3, 5]).Where((_, index) => index % 3 == 2));
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PcaMap.Fit(new float[5], 2, new PatchGrid(1, 2)));
        Assert.Throws<ArgumentException>(() => PcaMap.Fit([], 2, new PatchGrid(1, 2)));
    }

    private static float[] Drawn(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Grid.Patches * Width).Select(index => (float)((random.NextDouble() - 0.4) * (1 + index % Width)))];
    }

    // Reflections on two random planes: orthogonal.
    private static float[] Rotated(float[] patches)
    {
        double[] values = [.. patches.Select(value => (double)value)];
        Random random = new(99);
        for (int reflection = 0; reflection < 2; reflection++)
        {
            double[] normal = [.. Enumerable.Range(0, Width).Select(_ => random.NextDouble() - 0.5)];
            double square = normal.Sum(value => value * value);
            for (int patch = 0; patch < Grid.Patches; patch++)
            {
                double product = Enumerable.Range(0, Width).Sum(index => normal[index] * values[patch * Width + index]);
                for (int index = 0; index < Width; index++) values[patch * Width + index] -= 2 * product / square * normal[index];
            }
        }
        return [.. values.Select(value => (float)value)];
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++) sum += left[index] * right[index];
        return sum;
    }
}
