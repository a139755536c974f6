using Fovea.Training.Data;
using Fovea.Training.Randomness;
using FsCheck;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Data.Augmentation;

public class CropWindowTests
{
    private static readonly AugmentationRecipe Recipe = AugmentationRecipe.Birder(ImageSize.Square(224));

    /// <summary>By hand: 375 x 500, area 93,750 (half), aspect 1.2: columns sqrt(112,500) = 335.41, rows sqrt(78,125) = 279.51.</summary>
    [Fact]
    public void Size_from_area_and_aspect_by_hand() => Assert.Equal(new ImageSize(280, 335), CropWindow.SizeOf(93_750, 1.2, new ImageSize(375, 500)));

    [Fact]
    public void Halves_are_rounded_to_even() => Assert.Equal(new ImageSize(2, 4), CropWindow.SizeOf(2.5 * 3.5, 3.5 / 2.5, new ImageSize(10, 10)));

    [Fact]
    public void Window_that_does_not_fit_is_no_window()
    {
        Assert.Null(CropWindow.SizeOf(100, 4, new ImageSize(100, 19)));
        Assert.Equal(new ImageSize(5, 20), CropWindow.SizeOf(100, 4, new ImageSize(5, 20)));
        Assert.Null(CropWindow.SizeOf(0.1, 1, new ImageSize(5, 5)));
    }

    [Theory]
    [InlineData(100, 30, 30, 0, 40, 30)]                    // too narrow: 30 columns, 30 / (3/4) = 40 rows, 60 / 2 above
    [InlineData(30, 101, 0, 30, 30, 40)]                    // too wide: 40 columns, 61 / 2 cut to 30
    [InlineData(30, 36, 0, 0, 30, 36)]                      // neither: the whole picture
    [InlineData(1, 1000, 0, 499, 1, 1)]
    public void Fallback_is_the_largest_window_in_the_middle(int height, int width, int top, int left, int rows, int columns) =>
        Assert.Equal(new CropWindow(top, left, new ImageSize(rows, columns)), CropWindow.Fallback(new ImageSize(height, width), Recipe));

    /// <summary>Written once more from the draws: area, aspect, and once they fit row and column, nothing else.</summary>
    [Fact]
    public void Draws_come_in_the_order_area_aspect_row_column()
    {
        ImageSize picture = new(300, 400);
        RandomStream random = new(1, RandomPurpose.Augmentation), recorded = random;
        CropWindow window = CropWindow.Draw(picture, Recipe, ref random);
        double area = 300 * 400 * (0.35 + 0.65 * recorded.NextUniform()), logarithm = Math.Log(3.0 / 4) + Math.Log(16.0 / 9) * recorded.NextUniform();
        ImageSize size = CropWindow.SizeOf(area, Math.Exp(logarithm), picture)!.Value;
        Assert.Equal(new CropWindow(recorded.NextInteger(301 - size.Height), recorded.NextInteger(401 - size.Width), size), window);
        Assert.Equal(recorded.NextBits(), random.NextBits());
    }

    [Property]
    public void Window_lies_inside_the_picture(ulong seed, PositiveInt height, PositiveInt width)
    {
        RandomStream random = new(seed, RandomPurpose.Augmentation);
        ImageSize picture = new(height.Get, width.Get);
        CropWindow window = CropWindow.Draw(picture, Recipe, ref random);
        Assert.InRange(window.Size.Height, 1, picture.Height - window.Top);
        Assert.InRange(window.Size.Width, 1, picture.Width - window.Left);
        Assert.True(window.Top >= 0 && window.Left >= 0);
    }

    /// <summary>Means over 20,000 windows of a square, in which nearly all fit: area (0.35 + 1) / 2 less what the limit takes, every row as often.</summary>
    [Fact]
    public void Area_and_place_have_the_distribution_of_the_definition()
    {
        ImageSize picture = ImageSize.Square(1000);
        AugmentationRecipe recipe = Recipe with { MinArea = 0.2, MaxArea = 0.5 };
        CropWindow[] windows = [.. Enumerable.Range(0, 20_000).Select(place =>
        {
            RandomStream random = new(3, RandomPurpose.Augmentation, place: place);
            return CropWindow.Draw(picture, recipe, ref random);
        })];
        Assert.InRange(windows.Average(window => (double)window.Size.Height * window.Size.Width / 1e6), 0.347, 0.353);          // 0.35; deviation of the mean 0.0006
        Assert.InRange(windows.Average(window => Math.Log((double)window.Size.Width / window.Size.Height)), -0.005, 0.005);      // deviation of the mean 0.0012
        Assert.InRange(windows.Average(window => window.Top / (1000.0 - window.Size.Height)), 0.49, 0.51);
        Assert.InRange(windows.Average(window => window.Left / (1000.0 - window.Size.Width)), 0.49, 0.51);
    }
}
