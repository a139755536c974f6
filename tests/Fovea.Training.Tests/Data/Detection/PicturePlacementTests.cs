using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Randomness;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Data.Detection;

public class PicturePlacementTests
{
    private static readonly FittedTransform Input = new(new ImageSize(64, 96), new ChannelStatistics([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]));

    /// <summary>By hand: 40 x 80 into 64 x 96 is limited by its width: factor 1.2, 48 x 96.</summary>
    [Fact]
    public void Without_augmentation_the_picture_fits_in_the_left_upper_corner()
    {
        RandomStream random = new(1, RandomPurpose.Augmentation);
        PicturePlacement placement = PicturePlacement.Draw(new ImageSize(40, 80), [], DetectionAugmentation.None, Input, ref random);
        Assert.Equal(new ImageSize(48, 96), placement.Size);
        Assert.Equal(new BoundingBox(12, 24, 48, 36), placement.Place(new BoundingBox(10, 20, 40, 30)));
    }

    [Theory]
    [InlineData(480, 640, 64, 85)]
    [InlineData(10, 1000, 1, 96)]
    [InlineData(1000, 1, 64, 1)]
    [InlineData(64, 96, 64, 96)]
    public void Fitted_sizes_by_hand(int height, int width, int rows, int columns) => Assert.Equal(new ImageSize(rows, columns), Input.FittedSize(new ImageSize(height, width)));

    /// <summary>The white rectangle of a black picture is where its box is said to be, whatever was drawn: to a pixel, the breadth of the resampling filter at scales up to 3.</summary>
    [Property]
    public void Boxes_follow_the_pixels(ulong seed)
    {
        RandomStream draw = new(seed, RandomPurpose.Shapes);
        ImageSize size = new(40 + draw.NextInteger(80), 40 + draw.NextInteger(80));
        (int left, int top) = (draw.NextInteger(size.Width - 20), draw.NextInteger(size.Height - 20));
        BoundingBox box = new(left, top, left + 10 + draw.NextInteger(10), top + 10 + draw.NextInteger(10));
        DetectionAugmentation augmentation = new() { CropProbability = 0.5, VerticalFlipProbability = 0.5 };
        RandomStream random = new(seed, RandomPurpose.Augmentation);
        LabelledBox[] objects = [new LabelledBox(0, box, IsRegion: true)];
        PicturePlacement placement = PicturePlacement.Draw(size, objects, augmentation, Input, ref random);
        using RgbImage picture = ImageDecoder.Decode(DetectionFolder.Png(size, box), "drawn", DecodeOptions.Default), placed = placement.Render(picture);
        LabelledBox[] found = placement.Place(objects);
        if (found.Length == 0) return;
        (double Column, double Row)[] white = [.. Enumerable.Range(0, placed.Size.Height * placed.Size.Width).Where(place => placed.Pixels[RgbImage.PixelBytes * place] > 127).Select(place => ((double)(place % placed.Size.Width), (double)(place / placed.Size.Width)))];
        if (found[0].Box is { Width: < 3 } or { Height: < 3 }) return;
        Assert.NotEmpty(white);
        BoundingBox seen = new(white.Min(place => place.Column), white.Min(place => place.Row), white.Max(place => place.Column) + 1, white.Max(place => place.Row) + 1);
        Assert.All(
            [seen.Left - found[0].Box.Left, seen.Top - found[0].Box.Top, seen.Right - found[0].Box.Right, seen.Bottom - found[0].Box.Bottom],
            difference => Assert.True(Math.Abs(difference) <= 1.01, $"seed {seed}: {seen} is seen, {found[0].Box} is said"));
    }

    [Property]
    public void Sample_is_a_function_of_its_random_numbers(ulong seed)
    {
        LabelledBox[] objects = [new LabelledBox(0, new BoundingBox(5, 5, 30, 30), IsRegion: false)];
        RandomStream one = new(seed, RandomPurpose.Augmentation, 3, 4), other = new(seed, RandomPurpose.Augmentation, 3, 4);
        Assert.Equal(
            PicturePlacement.Draw(new ImageSize(50, 60), objects, new DetectionAugmentation(), Input, ref one),
            PicturePlacement.Draw(new ImageSize(50, 60), objects, new DetectionAugmentation(), Input, ref other));
    }

    [Property]
    public void Crop_keeps_an_object_and_stays_inside(ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Augmentation);
        ImageSize size = new(100, 120);
        LabelledBox one = new(0, new BoundingBox(60, 20, 90, 60), IsRegion: false);
        BoundingBox window = ObjectCrop.EdgesOf(ObjectCrop.Draw(size, [one], ref random));
        Assert.True(ObjectCrop.Contains(window, one.Box));
        Assert.Equal(window, window.Clip(size));
    }

    [Fact]
    public void Objects_whose_middle_is_cut_away_are_gone_and_regions_are_cut()
    {
        PicturePlacement placement = new(new CropWindow(0, 0, new ImageSize(64, 96)), OutputRange.All(64), new OutputRange(96, 40, 50), IsFlipped: false, IsUpsideDown: false);
        LabelledBox[] objects = [new(0, new BoundingBox(0, 0, 60, 10), IsRegion: false), new(1, new BoundingBox(0, 0, 60, 10), IsRegion: true), new(2, new BoundingBox(30, 0, 60, 10), IsRegion: false)];
        Assert.Equal([new LabelledBox(1, new BoundingBox(0, 0, 20, 10), IsRegion: true), new LabelledBox(2, new BoundingBox(0, 0, 20, 10), IsRegion: false)], placement.Place(objects));
    }

    [Fact]
    public void Augmentation_outside_its_range_is_refused_by_name()
    {
        Assert.Contains("flip", Assert.Throws<ArgumentException>(new DetectionAugmentation { FlipProbability = 2 }.Check).Message, StringComparison.Ordinal);
        Assert.Contains("Scales", Assert.Throws<ArgumentException>(new DetectionAugmentation { MinScale = 0 }.Check).Message, StringComparison.Ordinal);
        Assert.Contains("hue", Assert.Throws<ArgumentException>(new DetectionAugmentation { Hue = 0.7 }.Check).Message, StringComparison.Ordinal);
    }
}
