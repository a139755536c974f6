using Fovea.Images;
using Fovea.Tests.Images;
using Fovea.Training.Data;
using Fovea.Training.Randomness;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

public class AugmenterTests
{
    private static readonly ImageSize Size = new(24, 32);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 11)]
    [InlineData(4, 11)]
    [InlineData(5, 12)]
    [InlineData(10, 12)]
    public void Level_has_so_many_operations_to_draw_from(int level, int count)
    {
        Assert.Equal(count, BirderOperations.Of(level, usesGrey: false).Count);
        Assert.Equal(level == 0 ? 0 : count + 1, BirderOperations.Of(level, usesGrey: true).Count);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 4)]
    [InlineData(9, 5)]
    [InlineData(10, 5)]
    public void Level_applies_so_many_operations_at_most(int level, int most) => Assert.Equal(most, BirderOperations.MostAtOnce(level));

    [Fact]
    public void Level_0_resizes_the_whole_picture_and_draws_nothing()
    {
        using RgbImage picture = TorchPicture.Random(new ImageSize(61, 50), seed: 1), expected = new(Size);
        Resampler.Resize(picture.Window, expected, ResampleFilter.TensorBicubic);
        RandomStream random = new(1, RandomPurpose.Augmentation), untouched = random;
        using RgbImage found = new Augmenter(AugmentationRecipe.Birder(Size, level: 0)).Pixels(picture.Window, ref random);
        PixelComparison.Check("level 0", TorchPicture.Bytes(expected), TorchPicture.Bytes(found), Size.Width);
        Assert.Equal(untouched.NextBits(), random.NextBits());
    }

    [Fact]
    public void Published_augmentation_is_the_crop_alone()
    {
        using RgbImage picture = TorchPicture.Random(new ImageSize(61, 50), seed: 1), expected = new(Size);
        AugmentationRecipe recipe = AugmentationRecipe.NonePaper(Size);
        RandomStream random = new(1, RandomPurpose.Augmentation), recorded = random;
        using RgbImage found = new Augmenter(recipe).Pixels(picture.Window, ref random);
        CropWindow window = CropWindow.Draw(picture.Size, recipe, ref recorded);
        Resampler.Resize(picture.Window.Crop(window.Top, window.Left, window.Size), expected, ResampleFilter.TensorBilinear);
        PixelComparison.Check("none-paper", TorchPicture.Bytes(expected), TorchPicture.Bytes(found), Size.Width);
        Assert.Equal(recorded.NextBits(), random.NextBits());
        Assert.Equal((0.3, 1.0, ChannelStatistics.ImageNet), (recipe.MinArea, recipe.MaxArea, recipe.Channels));
    }

    /// <summary>Level 1 written once more: interpolation, crop, two of four operations with their parameters, flip.</summary>
    [Fact]
    public void Level_1_draws_in_the_fixed_order()
    {
        using RgbImage picture = TorchPicture.Random(new ImageSize(61, 50), seed: 1);
        AugmentationRecipe recipe = AugmentationRecipe.Birder(Size);
        Augmenter augmenter = new(recipe);
        for (int place = 0; place < 100; place++)
        {
            RandomStream random = new(1, RandomPurpose.Augmentation, place: place), recorded = random;
            using RgbImage found = augmenter.Pixels(picture.Window, ref random);
            using RgbImage expected = Level1ByHand(picture, recipe, ref recorded);
            PixelComparison.Check($"place {place}", TorchPicture.Bytes(expected), TorchPicture.Bytes(found), Size.Width);
            Assert.Equal(recorded.NextBits(), random.NextBits());
        }
    }

    /// <summary>
    /// A flat grey picture: it stays when both operations are none, when contrast joins (it moves no grey that is the mean; 0.9999 of it is one level lower),
    /// or when a rotation is too small to show; that a rotation shows is 64 sin(angle) > 0.5, 4 of 5 of them. 4 deviations of 2,000 draws.
    /// </summary>
    [Fact]
    public void Level_1_draws_each_of_four_operations_as_often()
    {
        using RgbImage picture = new(ImageSize.Square(128));
        picture.Pixels.Fill(128);
        Augmenter augmenter = new(AugmentationRecipe.Birder(ImageSize.Square(128)));
        int rotated = 0, brightened = 0;
        for (int place = 0; place < 2000; place++)
        {
            RandomStream random = new(8, RandomPurpose.Augmentation, place: place);
            using RgbImage found = augmenter.Pixels(picture.Window, ref random);
            if (found.Pixels.Contains((byte)0)) rotated++;
            if (Math.Abs(found.Row(64)[256] - 128) > 1) brightened++;
        }
        Assert.InRange(rotated / 2000.0, 0.36 - 0.043, 0.36 + 0.043);                   // 1 - (1 - 1/4 * 4/5)^2
        Assert.InRange(brightened / 2000.0, 0.42 - 0.045, 0.42 + 0.045);                // 7/16 less those within a level of 1: 1 - (1 - 0.95 / 4)^2
    }

    [Fact]
    public void Operations_are_repeatable_and_stay_inside_the_picture_at_all_levels()
    {
        using RgbImage picture = TorchPicture.Random(new ImageSize(40, 37), seed: 2);
        for (int level = 0; level <= AugmentationRecipe.HighestLevel; level++)
        {
            Augmenter augmenter = new(AugmentationRecipe.Birder(Size, level) with { ErasingProbability = 0.3, UsesGrey = true });
            for (int place = 0; place < 60; place++)
            {
                RandomStream random = new(4, RandomPurpose.Augmentation, place: place), again = random;
                using RgbImage one = augmenter.Pixels(picture.Window, ref random), other = augmenter.Pixels(picture.Window, ref again);
                Assert.True(TorchPicture.Bytes(one).AsSpan().SequenceEqual(TorchPicture.Bytes(other)), $"level {level}, place {place}");
            }
        }
    }

    [Fact]
    public void Pixels_are_normalised_by_the_recipes_statistics_into_planes()
    {
        using RgbImage picture = new(new ImageSize(5, 5));
        for (int index = 0; index < picture.Pixels.Length; index++) picture.Pixels[index] = (byte)(index % 4 == 0 ? 255 : 0);
        AugmentationRecipe recipe = AugmentationRecipe.Birder(ImageSize.Square(2), level: 0);
        float[] planes = new float[recipe.Length];
        RandomStream random = default;
        new Augmenter(recipe).Apply(picture, ref random, planes);
        (float red, float green, float blue) = ((1 - 0.5191f) / 0.2316f, -0.5306f / 0.2304f, -0.4877f / 0.2588f);
        Assert.Equal([red, red, red, red, green, green, green, green, blue, blue, blue, blue], planes, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Erasing_blackens_one_rectangle_of_the_area_drawn()
    {
        for (int place = 0; place < 200; place++)
        {
            using RgbImage image = new(ImageSize.Square(64));
            image.Pixels.Fill(9);
            RandomStream random = new(6, RandomPurpose.Augmentation, place: place);
            RandomErasing.Apply(image, level: 4, ref random);
            int[] black = [.. Enumerable.Range(0, 64 * 64).Where(pixel => image.Pixels[pixel * RgbImage.PixelBytes] == 0)];
            int rows = black.Select(pixel => pixel / 64).Distinct().Count(), columns = black.Select(pixel => pixel % 64).Distinct().Count();
            Assert.Equal(rows * columns, black.Length);
            Assert.InRange(black.Length / 4096.0, 0.015, 0.16);                         // 0.02 to 0.15, sides rounded
        }
    }

    /// <summary>libtorch's own antialiased bilinear resize of bytes, which the crop uses; the bicubic one has goldens.</summary>
    [Theory]
    [InlineData(61, 50)]
    [InlineData(20, 90)]
    [InlineData(7, 5)]
    public void Bilinear_resize_is_libtorchs(int height, int width)
    {
        using RgbImage picture = TorchPicture.Random(new ImageSize(height, width), seed: 5), found = new(Size);
        using Tensor judged = nn.functional.interpolate(TorchPicture.ToTensor(picture).unsqueeze(0), [Size.Height, Size.Width], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
        Resampler.Resize(picture.Window, found, ResampleFilter.TensorBilinear);
        PixelComparison.Check("bilinear", TorchPicture.Bytes(judged[0]), TorchPicture.Bytes(found), Size.Width);
    }

    [Fact]
    public void Recipe_outside_its_ranges_is_refused()
    {
        AugmentationRecipe recipe = AugmentationRecipe.Birder(Size);
        string Refusal(AugmentationRecipe wrong) => Assert.Throws<ArgumentException>(() => new Augmenter(wrong)).Message;
        Assert.Equal("The augmentation level 11 is outside 0 to 10.", Refusal(recipe with { Level = 11 }));
        Assert.Equal("Crops of 0.5 to 0.4 of the area cannot be drawn; 0 < smallest <= largest <= 1.", Refusal(recipe with { MinArea = 0.5, MaxArea = 0.4 }));
        Assert.Equal("Crops of aspect 0 to 1.3333333333333333 cannot be drawn; 0 < narrowest <= widest.", Refusal(recipe with { MinAspect = 0 }));
        Assert.Equal("The flip probability NaN is outside 0 to 1.", Refusal(recipe with { FlipProbability = double.NaN }));
        Assert.Equal("The erasing probability -1 is outside 0 to 1.", Refusal(recipe with { ErasingProbability = -1 }));
        Assert.Equal("The size 0x3 has a side below 1.", Refusal(recipe with { Size = new ImageSize(0, 3) }));
    }

    private static RgbImage Level1ByHand(RgbImage picture, AugmentationRecipe recipe, ref RandomStream random)
    {
        ResampleFilter filter = random.NextUniform() < 0.5 ? ResampleFilter.TensorBilinear : ResampleFilter.TensorBicubic;
        CropWindow window = CropWindow.Draw(picture.Size, recipe, ref random);
        RgbImage image = new(Size);
        Resampler.Resize(picture.Window.Crop(window.Top, window.Left, window.Size), image, filter);
        Assert.Equal(0, random.NextInteger(1));                                          // one choice: always two operations
        for (int number = 0; number < 2; number++)
        {
            switch (random.NextInteger(4))
            {
                case 1: Geometry.Rotate(image, -2.25 + 4.5 * random.NextUniform()); break;
                case 2: Tones.Brightness(image, (float)(0.7875 + 0.425 * random.NextUniform())); break;
                case 3: Tones.Contrast(image, (float)(0.925 + 0.15 * random.NextUniform())); break;
            }
        }
        if (random.NextUniform() < 0.5) Geometry.Flip(image);
        return image;
    }
}
