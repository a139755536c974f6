using Fovea.Images;
using FsCheck.Xunit;

namespace Fovea.Tests.Images;

/// <summary>Vector code gives the bytes of the plain code, for all sizes, filters and windows.</summary>
public class ResamplePathTests
{
    [Property(MaxTest = 300)]
    public void Every_path_gives_the_bytes_of_the_plain_code(int seed)
    {
        Random random = new(seed);
        using RgbImage picture = Noise(random, new ImageSize(random.Next(1, 150), random.Next(1, 150)));
        PixelWindow window = RandomWindow(random, picture);
        ImageSize size = new(random.Next(1, 150), random.Next(1, 150));
        foreach (ResampleFilter filter in Enum.GetValues<ResampleFilter>())
        {
            byte[] expected = Resize(window, size, filter, ResamplePath.Scalar);
            foreach (ResamplePath path in ResamplePaths.Available)
            {
                PixelComparison.Check($"seed {seed}, {window.Size} to {size}, {filter}, {path}", expected, Resize(window, size, filter, path), size.Width);
            }
        }
    }

    [Property(MaxTest = 100)]
    public void Only_pixels_of_the_window_count(int seed)
    {
        Random random = new(seed);
        using RgbImage picture = Noise(random, new ImageSize(random.Next(1, 60), random.Next(1, 60)));
        PixelWindow window = RandomWindow(random, picture);
        using RgbImage alone = new(window.Size);
        window.CopyTo(alone);
        ImageSize size = new(random.Next(1, 60), random.Next(1, 60));
        foreach (ResamplePath path in ResamplePaths.Available)
        {
            PixelComparison.Check($"seed {seed}, {path}", Resize(alone.Window, size, ResampleFilter.Bicubic, path), Resize(window, size, ResampleFilter.Bicubic, path), size.Width);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2100)]
    public void Tall_picture_in_strips_has_the_bytes_of_two_passes(int height)
    {
        using RgbImage picture = Noise(new Random(height), new ImageSize(2000, 3));
        ImageSize size = new(height, 7);
        using RgbImage narrowed = new(new ImageSize(2000, 7)), expected = new(size), found = new(size);
        foreach (ResampleFilter filter in Enum.GetValues<ResampleFilter>())
        {
            Resampler.Resize(picture.Window, narrowed, filter, ResamplePath.Scalar);
            KernelTable rows = KernelTable.Create(2000, OutputRange.All(height), filter);
            ResampleScalar.Vertical(narrowed.Window, expected, rows);
            ResampleStrips.Resize(picture.Window, found, rows, (strip, target) => Resampler.Resize(strip, target, filter));
            PixelComparison.Check($"{filter}, {height}", TransformGoldens.Rgb(expected), TransformGoldens.Rgb(found), size.Width);
        }
    }

    [Fact]
    public void Picture_of_one_column_costs_no_gigabytes()
    {
        using RgbImage line = new(new ImageSize(1 << 18, 1));
        line.Pixels.Fill(77);
        using RgbImage resized = new(ImageSize.Square(224));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Resampler.Resize(line.Window, resized, ResampleFilter.Bicubic);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.All(TransformGoldens.Rgb(resized), sample => Assert.Equal(77, sample));
    }

    // The largest sums: white meets the tallest positive weights, black the negative ones.
    [Fact]
    public void Edges_of_black_and_white_are_clipped_alike()
    {
        using RgbImage picture = new(ImageSize.Square(97));
        for (int index = 0; index < picture.Pixels.Length; index++) picture.Pixels[index] = (byte)(index / 4 % 97 / 3 % 2 == index / 4 / 97 / 5 % 2 ? 255 : 0);
        foreach (ResampleFilter filter in Enum.GetValues<ResampleFilter>())
        {
            foreach (int side in (ReadOnlySpan<int>)[31, 96, 98, 200])
            {
                ImageSize size = new(side, side + 1);
                byte[] expected = Resize(picture.Window, size, filter, ResamplePath.Scalar);
                foreach (ResamplePath path in ResamplePaths.Available) PixelComparison.Check($"{filter}, {side}, {path}", expected, Resize(picture.Window, size, filter, path), size.Width);
            }
        }
    }

    private static byte[] Resize(PixelWindow window, ImageSize size, ResampleFilter filter, ResamplePath path)
    {
        using RgbImage resized = new(size);
        Resampler.Resize(window, resized, filter, path);
        return TransformGoldens.Rgb(resized);
    }

    private static RgbImage Noise(Random random, ImageSize size)
    {
        RgbImage picture = new(size);
        random.NextBytes(picture.Pixels);
        return picture;
    }

    private static PixelWindow RandomWindow(Random random, RgbImage picture)
    {
        (int top, int left) = (random.Next(picture.Size.Height), random.Next(picture.Size.Width));
        return picture.Window.Crop(top, left, new ImageSize(random.Next(picture.Size.Height - top) + 1, random.Next(picture.Size.Width - left) + 1));
    }
}
