using Fovea.Images;
using Fovea.Training.Data;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

public class GeometryTests
{
    /// <summary>A pixel that comes from the middle between two others, to the last bit, may be the other one: torch scales coordinates to -1..1 and back. None was seen.</summary>
    private const int MostTies = 2;

    [Theory]
    [InlineData(2.25)]
    [InlineData(-13.7)]
    [InlineData(22.5)]
    public void Rotation_takes_the_pixels_that_torch_takes(double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        CheckPlaces(image => Geometry.Rotate(image, degrees), cosine, -sine, sine, cosine);
    }

    [Theory]
    [InlineData(7.5)]
    [InlineData(-25)]
    public void Shear_takes_the_pixels_that_torch_takes(double degrees) => CheckPlaces(image => Geometry.Shear(image, degrees), 1, Math.Tan(degrees * Math.PI / 180), 0, 1);

    [Fact]
    public void Quarter_turn_by_hand()
    {
        using RgbImage image = Numbered(3, 3);
        Geometry.Rotate(image, 90);
        Assert.Equal([3, 6, 9, 2, 5, 8, 1, 4, 7], Reds(image));
    }

    [Fact]
    public void Shear_by_hand_moves_rows_by_their_distance_from_the_middle_and_fills_with_black()
    {
        using RgbImage image = Numbered(3, 4);
        Geometry.Shear(image, 45);
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 0], Reds(image));
    }

    [Theory]
    [InlineData(1, 0, new byte[] { 0, 0, 0, 1, 2, 3, 4, 5, 6 })]
    [InlineData(-2, 0, new byte[] { 7, 8, 9, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, 2, new byte[] { 0, 0, 1, 0, 0, 4, 0, 0, 7 })]
    [InlineData(1, -1, new byte[] { 0, 0, 0, 2, 3, 0, 5, 6, 0 })]
    [InlineData(3, 0, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, -5, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, 0, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void Shift_by_hand(int down, int right, byte[] expected)
    {
        using RgbImage image = Numbered(3, 3);
        Geometry.Shift(image, down, right);
        Assert.Equal(expected, Reds(image));
    }

    [Fact]
    public void Flip_by_hand()
    {
        using RgbImage image = Numbered(2, 3);
        Geometry.Flip(image);
        Assert.Equal([3, 2, 1, 6, 5, 4], Reds(image));
    }

    // grid_sample with align_corners false, nearest, zeros: coordinates -1..1 over the whole picture.
    private static void CheckPlaces(Action<RgbImage> operation, double xx, double xy, double yx, double yy)
    {
        const int Height = 40, Width = 52;
        using RgbImage image = TorchPicture.Random(new ImageSize(Height, Width), seed: 3);
        using Tensor x = (arange(Width).to(ScalarType.Float32) - (Width - 1) / 2f).reshape(1, Width), y = (arange(Height).to(ScalarType.Float32) - (Height - 1) / 2f).reshape(Height, 1);
        using Tensor grid = stack([(x * xx + y * xy) / (0.5 * Width), (x * yx + y * yy) / (0.5 * Height)], -1).unsqueeze(0);
        using Tensor judged = nn.functional.grid_sample(TorchPicture.ToTensor(image).to(ScalarType.Float32).unsqueeze(0), grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, align_corners: false);
        byte[] expected = TorchPicture.Bytes(judged[0].to(ScalarType.Byte));
        operation(image);
        byte[] found = TorchPicture.Bytes(image);
        int different = Enumerable.Range(0, Height * Width).Count(pixel => !found.AsSpan(3 * pixel, 3).SequenceEqual(expected.AsSpan(3 * pixel, 3)));
        Assert.InRange(different, 0, MostTies);
        Assert.Contains((byte)0, expected);
    }

    private static RgbImage Numbered(int height, int width)
    {
        RgbImage image = new(new ImageSize(height, width));
        for (int pixel = 0; pixel < height * width; pixel++) image.Pixels.Slice(pixel * RgbImage.PixelBytes, RgbImage.PixelBytes).Fill((byte)(pixel + 1));
        return image;
    }

    private static byte[] Reds(RgbImage image) => [.. TorchPicture.Bytes(image).Where((_, index) => index % 3 == 0)];
}
