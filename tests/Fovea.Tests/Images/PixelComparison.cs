namespace Fovea.Tests.Images;

/// <summary>Compares 8-bit pictures and says where they differ most.</summary>
internal static class PixelComparison
{
    /// <summary>Fails with the place and size of the largest difference above <paramref name="levels"/>.</summary>
    public static void Check(string what, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> found, int width, int levels = 0)
    {
        Assert.True(expected.Length == found.Length, $"{what}: {found.Length} samples instead of {expected.Length}");
        (int worst, int place, int differing) = (0, 0, 0);
        for (int index = 0; index < expected.Length; index++)
        {
            int difference = Math.Abs(expected[index] - found[index]);
            if (difference > 0) differing++;
            if (difference > worst) (worst, place) = (difference, index);
        }
        Assert.True(
            worst <= levels,
            $"{what}: {differing} of {expected.Length} samples differ, most at " +
            $"row {place / 3 / width}, column {place / 3 % width}, channel {place % 3}: {found[place]} instead of {expected[place]}");
    }
}
